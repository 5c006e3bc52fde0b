import { requirePermission } from '@/lib/auth';
import { DomainError, notFound, type AgentDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { endCredentials } from './end-credentials';
import { getAgent } from './get';
import { lockAgent } from './lock';

/**
 * Takes a key out of service: nobody signs in with it any more, and tokens that were got with it end at their next request.
 *
 * @param kid the key's thumbprint
 * @throws DomainError `forbidden`, `not_found`, `already_revoked`
 */
export async function revokeAgentKey(
  context: ServiceContext,
  id: string,
  { kid, reason }: { readonly kid: string; readonly reason: string },
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  const { workspaceId } = actor;
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    await lockAgent(sql, workspaceId, agentId);
    const [key] = await sql<{ revoked_at: Date | null }>(
      'SELECT revoked_at FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND kid = $3',
      [workspaceId, agentId, kid],
    );
    if (key === undefined) throw notFound('key');
    if (key.revoked_at !== null)
      throw new DomainError('conflict', 'already_revoked', 'This key has been revoked already.');
    await sql(
      'UPDATE agent_keys SET revoked_at = $4 WHERE workspace_id = $1 AND agent_id = $2 AND kid = $3',
      [workspaceId, agentId, kid, now],
    );
    await endCredentials(sql, workspaceId, [{ agentId, credential: `key:${kid}` }], now);
    await record(
      sql,
      context,
      [noteOf(context, 'agent.key_revoked', `agent:${agentId}`, { kid, reason })],
      [{ type: 'agent.changed', agentId, subjectId: agentId }],
    );
  });
  return getAgent(context, agentId);
}
