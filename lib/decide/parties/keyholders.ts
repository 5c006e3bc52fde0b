/**
 * A query for whoever put in the keys that agents sign with, as `KeyHolder`: they could sign as the agent, with all the trust it has.
 * Every agent has one key at first, and the others are gone when it is given another. A key of the command line has nobody behind it.
 *
 * Whoever said which of an issuer's subjects the agent is could be that subject, and counts the same.
 *
 * A part in what a key signed is not lost with the key: whoever could take it out again would approve what they had asked for with it.
 *
 * @param workspace place of the workspace in the query around it
 * @param agents a condition over `k` (agent_keys, identity_subjects, revoked_credentials)
 * @param signed what was signed in with, by `usedCredential`: it counts also when it is no longer in force, and is named as `ended` then
 * @param since whatever ended after this counts as well
 */
export const KEYHOLDERS = (
  workspace: string,
  agents: string,
  signed = `'{}'::text[]`,
  since = `'infinity'::timestamptz`,
) =>
  `SELECT k.agent_id AS "agentId", holder.id AS "personId", holder.email, holder.name, k.added_alone AS alone,
     NOT EXISTS (SELECT 1 FROM agent_keys before WHERE before.workspace_id = k.workspace_id AND before.agent_id = k.agent_id
       AND before.kid <> k.kid) AS registered,
     CASE WHEN k.revoked_at IS NOT NULL THEN k.agent_id || ' key:' || k.kid END AS ended
   FROM agent_keys k JOIN people holder ON holder.id = k.added_by
   WHERE k.workspace_id = ${workspace} AND ${agents}
     AND (k.revoked_at IS NULL OR k.revoked_at > ${since} OR k.agent_id || ' key:' || k.kid = ANY(${signed}))
   UNION ALL
   SELECT k.agent_id AS "agentId", holder.id AS "personId", holder.email, holder.name, k.added_alone AS alone, false AS registered, NULL AS ended
   FROM identity_subjects k JOIN people holder ON holder.id = k.added_by
   WHERE k.workspace_id = ${workspace} AND ${agents}
   UNION ALL
   SELECT k.agent_id AS "agentId", holder.id AS "personId", holder.email, holder.name, k.added_alone AS alone, false AS registered,
     k.agent_id || ' ' || k.credential AS ended
   FROM revoked_credentials k JOIN people holder ON holder.id = k.added_by
   WHERE k.workspace_id = ${workspace} AND ${agents}
     AND (k.revoked_at > ${since} OR k.agent_id || ' ' || k.credential = ANY(${signed}))`;

/** How the query names what an agent signed in with. @param credential `key:<thumbprint>` or `subject:<id>` */
export const usedCredential = (agentId: string, credential: string): string =>
  `${agentId} ${credential}`;
