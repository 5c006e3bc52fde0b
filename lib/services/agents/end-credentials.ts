import type { Sql } from '@/lib/db';

/**
 * Ends the tokens that agents got for a key, or for an identity from elsewhere, at their next request; `readAgents` of `lib/decide`
 * and `requireInForce` of `lib/auth/agents` look here. The caller keeps decisions out (`excludeDecisions`).
 *
 * @param ended `key:<thumbprint>` or `subject:<id>`
 */
export async function endCredentials(
  sql: Sql,
  workspaceId: string,
  ended: readonly { readonly agentId: string; readonly credential: string }[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  await sql(
    `INSERT INTO revoked_credentials (workspace_id, agent_id, credential, revoked_at)
     SELECT $1, agent_id, credential, $4 FROM unnest($2::uuid[], $3::text[]) AS ended (agent_id, credential)
     ON CONFLICT (workspace_id, agent_id, credential) DO UPDATE SET revoked_at = excluded.revoked_at`,
    [
      workspaceId,
      ended.map(({ agentId }) => agentId),
      ended.map(({ credential }) => credential),
      now,
    ],
  );
}
