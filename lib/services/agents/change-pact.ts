import { actorRef, requirePermission } from '@/lib/auth';
import { notFound, type AgentDetail, type Pact, type PactChange } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { staleVersion } from '@/lib/services/versions';
import { getAgent } from './get';
import { lockAgent, requireAgent } from './lock';
import { requireNoPartIn } from './own-agent';
import { endOutsidePact } from './pact-work';
import { widens } from './pact-widening';
import { agentRevoked } from './rotate-key';

/**
 * Gives an agent another pact. Every decision after the answer is made under it, in any process: the change keeps batches of decisions
 * out, and each reads the pact that is in force. What the new pact keeps from running and was not begun yet is cancelled. Whoever has
 * a part in the agent narrows it at most.
 *
 * @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found`; 409 `agent_revoked`, `stale_version`
 */
export async function changePact(
  context: ServiceContext,
  id: string,
  { pact, reason, basedOn }: PactChange,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  const { workspaceId } = actor;
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    const owned = await requireAgent(sql, workspaceId, agentId);
    const inForce = await pactInForce(sql, workspaceId, agentId);
    if (inForce.version !== basedOn) throw staleVersion(basedOn, inForce.version);
    const widened = widens(inForce.body, pact);
    if (widened) await requireNoPartIn(sql, context, owned, 'widen its pact');
    const ended = await endOutsidePact(sql, context, {
      agentId,
      before: inForce.body,
      after: pact,
    });
    const agent = await lockAgent(sql, workspaceId, agentId);
    if (agent.status === 'revoked') throw agentRevoked(agent.name);
    const version = basedOn + 1;
    await sql(
      'INSERT INTO pacts (workspace_id, agent_id, version, body, created_by, created_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6)',
      [workspaceId, agentId, version, JSON.stringify(pact), actorRef(actor), now],
    );
    await sql('UPDATE agents SET pact_version = $3 WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      agentId,
      version,
    ]);
    const counts = { approvals: ended.approvals.length, permits: ended.permits };
    const body = { from: basedOn, to: version, pact, widened, reason, ended: counts };
    await record(
      sql,
      context,
      [noteOf(context, 'agent.pact_changed', `agent:${agentId}`, body), ...ended.notes],
      [{ type: 'agent.changed', agentId, subjectId: agentId }, ...ended.announcements],
    );
  });
  return getAgent(context, agentId);
}

/** Read while decisions are kept out: nobody else changes it meanwhile. */
async function pactInForce(
  sql: Sql,
  workspaceId: string,
  agentId: string,
): Promise<{ version: number; body: Pact }> {
  const [row] = await sql<{ version: number; body: Pact }>(
    `SELECT p.version, p.body FROM agents a
     JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.version = a.pact_version
     WHERE a.workspace_id = $1 AND a.id = $2`,
    [workspaceId, agentId],
  );
  if (row === undefined) throw notFound('agent');
  return row;
}
