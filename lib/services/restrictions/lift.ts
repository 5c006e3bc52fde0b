import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type AgentDetail } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { lockTrustStates } from '@/lib/decide';
import { getAgent } from '@/lib/services/agents/get';
import { requireAgent } from '@/lib/services/agents/lock';
import { requireNoPartIn } from '@/lib/services/agents/own-agent';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/**
 * Lifts a restriction before its time. The score is not touched, and the next signal of its kind puts it in force again.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`, `already_lifted`
 */
export async function liftRestriction(
  context: ServiceContext,
  id: string,
  input: { readonly restriction: string; readonly reason: string },
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'restrictions.lift');
  const { workspaceId } = actor;
  const agentId = requireId(id, 'agent');
  const restrictionId = requireId(input.restriction, 'restriction');
  await withTransaction(async (sql) => {
    await lockTrustStates(sql, workspaceId, [agentId]);
    const owned = await requireAgent(sql, workspaceId, agentId);
    await requireNoPartIn(sql, context, owned, 'lift what holds it back');
    const kind = await requireOpen(sql, { workspaceId, agentId, restrictionId, now });
    await sql(
      `UPDATE agent_restrictions SET lifted_at = $3, lifted_by = $4, lift_reason = $5 WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, restrictionId, now, actorRef(actor), input.reason],
    );
    const body = { agent: agentId, kind, reason: input.reason };
    await record(
      sql,
      context,
      [noteOf(context, 'restriction.lifted', `restriction:${restrictionId}`, body)],
      [{ type: 'agent.changed', agentId, subjectId: agentId }],
    );
  });
  return getAgent(context, agentId);
}

interface Wanted {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly restrictionId: string;
  readonly now: Date;
}

/** The kind of a restriction in force. */
async function requireOpen(sql: Sql, wanted: Wanted): Promise<string> {
  const { workspaceId, agentId, restrictionId, now } = wanted;
  const [row] = await sql<{ kind: string; until: Date | null; lifted_at: Date | null }>(
    `SELECT kind, until, lifted_at FROM agent_restrictions WHERE workspace_id = $1 AND agent_id = $2 AND id = $3 FOR UPDATE`,
    [workspaceId, agentId, restrictionId],
  );
  if (row === undefined) throw notFound('restriction');
  const ended = row.lifted_at ?? (row.until !== null && row.until <= now ? row.until : null);
  if (ended === null) return row.kind;
  throw new DomainError(
    'conflict',
    'already_lifted',
    `This restriction ended at ${ended.toISOString()}.`,
  );
}
