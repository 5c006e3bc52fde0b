import type { Sql } from '@/lib/db';
import { debtOf, defaultTrustConfig, mergeDebts, type Debt, type TrustState } from '@/lib/trust';

/**
 * What a new registration owes: the debts of every agent of the workspace that had the same key, or the same owner and name.
 * Registering again, rotating a key or renaming therefore never improves a score.
 */
export async function inheritedDebt(
  sql: Sql,
  input: { workspaceId: string; kid: string; owner: string; name: string; now: Date },
): Promise<Debt | undefined> {
  const rows = await sql<{ state: TrustState }>(
    `SELECT t.state FROM agents a JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
     WHERE a.workspace_id = $1 AND ((lower(a.owner) = lower($3) AND lower(a.name) = lower($4))
       OR EXISTS (SELECT 1 FROM agent_keys k WHERE k.workspace_id = a.workspace_id AND k.agent_id = a.id AND k.kid = $2))`,
    [input.workspaceId, input.kid, input.owner, input.name],
  );
  if (rows.length === 0) return undefined;
  return mergeDebts(
    rows.map(({ state }) => debtOf(state)),
    input.now.getTime(),
    defaultTrustConfig,
  );
}
