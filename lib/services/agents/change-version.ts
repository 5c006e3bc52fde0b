import { actorRef, requirePermission } from '@/lib/auth';
import type { AgentDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { applySignals } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getAgent } from './get';
import { lockAgent } from './lock';
import { agentRevoked } from './rotate-key';

/**
 * Another version of the agent runs from now on: it has to prove itself, and its conduct is compared with that of the one
 * before. The version that runs already changes nothing.
 *
 * @throws DomainError `forbidden`, `not_found`, `agent_revoked`
 */
export async function changeAgentVersion(
  context: ServiceContext,
  id: string,
  version: string,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  const { workspaceId } = actor;
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    const agent = await lockAgent(sql, workspaceId, agentId);
    if (agent.status === 'revoked') throw agentRevoked(agent.name);
    if (agent.version === version) return;
    await sql('UPDATE agents SET version = $3 WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      agentId,
      version,
    ]);
    await sql(
      `INSERT INTO agent_versions (workspace_id, agent_id, version, first_seen_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [workspaceId, agentId, version, now],
    );
    const by = actorRef(actor);
    const detail = { from: agent.version, to: version };
    const applied = await applySignals(sql, {
      workspaceId,
      agentId,
      now: now.getTime(),
      actor: by,
      signals: [{ kind: 'identity.version_changed', source: by, sourceClass: 'system', detail }],
    });
    await record(
      sql,
      context,
      [noteOf(context, 'agent.version_changed', `agent:${agentId}`, detail), ...applied.notes],
      [{ type: 'agent.changed', agentId, subjectId: agentId }, ...applied.announcements],
    );
  });
  return getAgent(context, agentId);
}
