import { sql } from '@/lib/db';
import type { AgentActor } from '../actor';

/** Kept for this long after the end, for clocks that differ. */
const KEPT_LONGER = '2 minutes';

/**
 * Spends what may be used once, over all processes: the `jti` of an assertion, the nonce of a signature.
 *
 * @param until how long it could be shown again; milliseconds since the epoch
 * @returns false when it was spent before
 */
export async function spendOnce(
  { workspaceId, agentId }: Pick<AgentActor, 'workspaceId' | 'agentId'>,
  name: string,
  until: number,
): Promise<boolean> {
  const spent = await sql(
    `INSERT INTO used_assertions (workspace_id, agent_id, jti, expires_at)
     VALUES ($1, $2, $3, to_timestamp($4::float8) + interval '${KEPT_LONGER}') ON CONFLICT DO NOTHING RETURNING 1`,
    [workspaceId, agentId, name, until / 1000],
  );
  return spent.length > 0;
}
