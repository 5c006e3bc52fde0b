import { requirePermission } from '@/lib/auth';
import type { MessageDelivery, MessagesOverview } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import type { ServiceContext } from '@/lib/services/context';
import { iso, isoOrNull } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';
import { serializeTarget, targetsOf } from './target-rows';

const MOST_TROUBLED = 50;

/** Who is told what, and what did not arrive. For those who manage the workspace. @throws DomainError `forbidden` */
export async function messagesOverview({ actor, now }: ServiceContext): Promise<MessagesOverview> {
  requirePermission(actor, 'workspace.manage');
  const [[setting], targets, troubled] = await Promise.all([
    sql<{ withArguments: boolean }>(
      'SELECT message_arguments AS "withArguments" FROM workspaces WHERE id = $1',
      [actor.workspaceId],
    ),
    targetsOf(sql, actor.workspaceId),
    selectTroubled(actor.workspaceId),
  ]);
  return {
    withArguments: setting?.withArguments === true,
    mailServer: env().mail !== undefined,
    targets: targets.map((row) => serializeTarget(row, now)),
    troubled,
  };
}

type DeliveryRow = Omit<MessageDelivery, 'dueAt' | 'lastAt'> & { dueAt: Date; lastAt: Date | null };

async function selectTroubled(workspaceId: string): Promise<MessageDelivery[]> {
  const rows = await sql<DeliveryRow>(
    `SELECT d.id, m.event, d.channel, d.receiver_name AS receiver, d.state, d.attempts, d.due_at AS "dueAt",
       d.last_at AS "lastAt", d.last_status AS "lastStatus", d.last_answer AS "lastAnswer"
     FROM message_deliveries d JOIN messages m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
     WHERE d.workspace_id = $1 AND d.last_at IS NOT NULL AND (d.state IN ('due', 'given_up') OR d.attempts > 1)
     ORDER BY d.last_at DESC LIMIT ${MOST_TROUBLED}`,
    [workspaceId],
  );
  return rows.map((row) => ({ ...row, dueAt: iso(row.dueAt), lastAt: isoOrNull(row.lastAt) }));
}

/** Whether messages carry arguments and resources out. @throws DomainError `forbidden` */
export async function setMessageSettings(
  context: ServiceContext,
  { withArguments, reason }: { withArguments: boolean; reason: string },
): Promise<MessagesOverview> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  await withTransaction(async (run) => {
    await run('UPDATE workspaces SET message_arguments = $2 WHERE id = $1', [
      actor.workspaceId,
      withArguments,
    ]);
    const body = { withArguments, reason };
    const note = noteOf(context, 'messages.changed', `workspace:${actor.workspaceId}`, body);
    await record(run, context, [note], [{ type: 'workspace.changed' }]);
  });
  return messagesOverview(context);
}
