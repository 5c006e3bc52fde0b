import type { Sql } from '@/lib/db';

interface EndedCredential {
  readonly agentId: string;
  readonly credential: string;
  /** A person. */
  readonly addedBy?: string | null;
  readonly addedAlone?: boolean;
}

/**
 * Ends the tokens that agents got for a key, or for an identity from elsewhere, at their next request; `readAgents` of `lib/decide`
 * and `requireInForce` of `lib/auth/agents` look here. The caller keeps decisions out (`excludeDecisions`).
 *
 * @param ended `key:<thumbprint>`, which stays with who put it in, or `subject:<id>`, which comes with who added it
 */
export async function endCredentials(
  sql: Sql,
  workspaceId: string,
  ended: readonly EndedCredential[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  await sql(
    `INSERT INTO revoked_credentials (workspace_id, agent_id, credential, revoked_at, added_by, added_alone)
     SELECT $1, agent_id, credential, $4, added_by, added_alone
     FROM unnest($2::uuid[], $3::text[], $5::uuid[], $6::bool[]) AS ended (agent_id, credential, added_by, added_alone)
     ON CONFLICT (workspace_id, agent_id, credential) DO UPDATE SET revoked_at = excluded.revoked_at`,
    [
      workspaceId,
      ended.map(({ agentId }) => agentId),
      ended.map(({ credential }) => credential),
      now,
      ended.map(({ addedBy = null }) => addedBy),
      ended.map(({ addedAlone = true }) => addedAlone),
    ],
  );
}
