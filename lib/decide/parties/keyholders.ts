/**
 * A query for whoever put in the keys that agents sign with, as `KeyHolder`: they could sign as the agent, with all the trust it has.
 * Every agent has one key at first, and the others are gone when it is given another. A key of the command line has nobody behind it.
 *
 * Whoever said which of an issuer's subjects the agent is could be that subject, and counts the same.
 *
 * @param workspace place of the workspace in the query around it
 * @param agents a condition over `k` (agent_keys, identity_subjects)
 */
export const KEYHOLDERS = (workspace: string, agents: string) =>
  `SELECT k.agent_id AS "agentId", holder.id AS "personId", holder.email, holder.name, k.added_alone AS alone,
     NOT EXISTS (SELECT 1 FROM agent_keys before WHERE before.workspace_id = k.workspace_id AND before.agent_id = k.agent_id
       AND before.kid <> k.kid) AS registered
   FROM agent_keys k JOIN people holder ON holder.id = k.added_by
   WHERE k.workspace_id = ${workspace} AND ${agents} AND k.revoked_at IS NULL
   UNION ALL
   SELECT k.agent_id AS "agentId", holder.id AS "personId", holder.email, holder.name, k.added_alone AS alone, false AS registered
   FROM identity_subjects k JOIN people holder ON holder.id = k.added_by
   WHERE k.workspace_id = ${workspace} AND ${agents}`;
