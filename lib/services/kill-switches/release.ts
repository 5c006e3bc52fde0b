import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type KillSwitch } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireAgent } from '@/lib/services/agents/lock';
import { requireNoPartIn } from '@/lib/services/agents/own-agent';
import { raiseEpoch } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getKillSwitch } from './get';
import { agentOf } from './set';

type Row = { scope_type: string; scope_value: string | null };

/**
 * Lifts a kill switch. What it ended stays ended: agents have to ask again. One that stops a single agent is not released by whoever
 * has a part in that agent.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`, `already_released`
 */
export async function releaseKillSwitch(
  context: ServiceContext,
  id: string,
  reason: string,
): Promise<KillSwitch> {
  const { actor, now } = context;
  requirePermission(actor, 'switches.release');
  const switchId = requireId(id, 'kill switch');
  await withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'kill_epoch');
    const [row] = await sql<Row>(
      `UPDATE kill_switches SET released_by = $3, released_by_name = $4, released_at = $5, release_reason = $6
       WHERE workspace_id = $1 AND id = $2 AND released_at IS NULL RETURNING scope_type, scope_value`,
      [actor.workspaceId, switchId, actorRef(actor), actor.name, now, reason],
    );
    if (row === undefined) throw await whyNotReleased(sql, actor.workspaceId, switchId);
    const scope = { type: row.scope_type, value: row.scope_value };
    if (row.scope_type === 'agent' && row.scope_value !== null)
      await requireNoPartIn(
        sql,
        context,
        await requireAgent(sql, actor.workspaceId, row.scope_value),
        'release what stops it',
      );
    await record(
      sql,
      context,
      [noteOf(context, 'switch.released', `switch:${switchId}`, { scope, reason })],
      [{ type: 'switch.changed', subjectId: switchId, ...agentOf(scope) }],
    );
  });
  return getKillSwitch(context, switchId);
}

async function whyNotReleased(sql: Sql, workspaceId: string, id: string): Promise<DomainError> {
  const [row] = await sql<{ name: string; at: Date }>(
    'SELECT released_by_name AS name, released_at AS at FROM kill_switches WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );
  if (row === undefined) return notFound('kill switch');
  return new DomainError(
    'conflict',
    'already_released',
    `${row.name} released this kill switch already.`,
    { facts: { name: row.name, at: row.at.toISOString() } },
  );
}
