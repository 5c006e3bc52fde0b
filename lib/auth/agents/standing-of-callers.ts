/** Whether an agent that calls, and everybody it acts for, may still: asked where the decision path does not ask anyway. */
import { DomainError } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import type { AgentActor } from '../actor';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly gone: string[] | null;
}

/**
 * The agent still exists, has not been revoked since its token was issued, and neither has what it signed in with; whoever it acts
 * for is not even suspended.
 *
 * @throws DomainError 401 `agent_revoked`, `credential_revoked`, `chain_broken`
 */
export async function requireInForce(actor: AgentActor): Promise<void> {
  const { workspaceId, agentId, chain = [], credentials = {} } = actor;
  const ids = [agentId, ...chain].filter(isUuid);
  const rows = await sql<Row>(
    `SELECT a.id, a.name, a.status, (SELECT array_agg(gone.credential) FROM revoked_credentials gone
       WHERE gone.workspace_id = a.workspace_id AND gone.agent_id = a.id) AS gone
     FROM agents a WHERE a.workspace_id = $1 AND a.id = ANY($2::uuid[])`,
    [workspaceId, ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const isGone = ({ id, gone }: Row) => gone?.includes(credentials[id] ?? '') === true;
  const own = found.get(agentId);
  if (own === undefined || own.status === 'revoked')
    throw refused('agent_revoked', 'This agent has been revoked.');
  if (isGone(own))
    throw refused('credential_revoked', 'The key this token was given for has been revoked.');
  for (const id of chain) {
    const link = found.get(id);
    if (link === undefined || link.status !== 'active' || isGone(link))
      throw refused(
        'chain_broken',
        `The agent acts for "${link?.name ?? id}", which may not act itself any more.`,
      );
  }
}

/**
 * The same for what goes on after the one request that a key has signed: the key is in force still. A token never outlives its key,
 * so whoever shows one need not be asked.
 *
 * @throws DomainError 401 as `requireInForce`, `key_expired`
 */
export async function requireSignerInForce(actor: AgentActor, now: Date): Promise<void> {
  await requireInForce(actor);
  const { workspaceId, agentId, credentials = {} } = actor;
  const ended = await sql(
    `SELECT 1 FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND 'key:' || kid = $3
       AND (revoked_at IS NOT NULL OR expires_at <= $4)`,
    [workspaceId, agentId, credentials[agentId] ?? '', now],
  );
  if (ended.length > 0)
    throw refused('key_expired', 'The key that signed this is no longer in force.');
}

const refused = (code: string, message: string) =>
  new DomainError('unauthenticated', code, message);
