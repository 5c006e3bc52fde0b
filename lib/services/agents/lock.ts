import { notFound } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { lockTrustStates } from '@/lib/decide';
import type { OwnedAgent } from './own-agent';

export interface LockedAgent {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly status: 'active' | 'suspended' | 'revoked';
}

/**
 * The agent's row, locked until the transaction ends; its trust state before it, because evidence that suspends an agent
 * locks them in this order. @throws DomainError `not_found`
 */
export async function lockAgent(
  sql: Sql,
  workspaceId: string,
  agentId: string,
): Promise<LockedAgent> {
  await lockTrustStates(sql, workspaceId, [agentId]);
  const [row] = await sql<LockedAgent>(
    'SELECT id, name, version, owner, status FROM agents WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
    [workspaceId, agentId],
  );
  if (row === undefined) throw notFound('agent');
  return row;
}

/** That the agent is one of this workspace, and whose it is. @throws DomainError `not_found` */
export async function requireAgent(
  sql: Sql,
  workspaceId: string,
  agentId: string,
): Promise<OwnedAgent> {
  const [row] = await sql<OwnedAgent>(
    'SELECT id, owner, owner_person_id AS "ownerPersonId" FROM agents WHERE workspace_id = $1 AND id = $2',
    [workspaceId, agentId],
  );
  if (row === undefined) throw notFound('agent');
  return row;
}
