import type { z } from 'zod';
import { actorRef, requirePermission } from '@/lib/auth';
import type { queueSettingsInputSchema, QueueSettingsAnswer } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { readQueueSettings } from '@/lib/services/approvals/queue/settings-row';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';

/** Changes how the workspace works its queue. What is claimed already keeps its end. @throws DomainError `forbidden` */
export async function setQueueSettings(
  context: ServiceContext,
  { claimMinutes, rules, reason }: z.infer<typeof queueSettingsInputSchema>,
): Promise<QueueSettingsAnswer> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  return withTransaction(async (sql) => {
    await sql(
      `INSERT INTO queue_settings (workspace_id, claim_minutes, rules, changed_by, changed_by_name, changed_at)
       VALUES ($1, $2, $3::jsonb, $4, $5, $6)
       ON CONFLICT (workspace_id) DO UPDATE SET claim_minutes = $2, rules = $3::jsonb, changed_by = $4, changed_by_name = $5, changed_at = $6`,
      [actor.workspaceId, claimMinutes, JSON.stringify(rules), actorRef(actor), actor.name, now],
    );
    const changed = await readQueueSettings(sql, actor.workspaceId);
    const body = { claimMinutes, rules, reason };
    await record(
      sql,
      context,
      [noteOf(context, 'queue_settings.changed', `workspace:${actor.workspaceId}`, body)],
      [{ type: 'workspace.changed' }],
    );
    return changed;
  });
}
