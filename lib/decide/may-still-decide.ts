/** Whether somebody may decide now, as conditions in SQL. */
/**
 * A person whose role in the workspace decides. The arguments are places in the query around it, which must not call a table of its
 * own as those in here are called: `deciding`, `member`, `author`.
 */
export const PERSON_DECIDES = (workspace: string, person: string) =>
  `SELECT 1 FROM memberships member JOIN people deciding ON deciding.id = member.person_id
   WHERE member.workspace_id = ${workspace} AND member.person_id = ${person} AND member.role <> 'viewer' AND deciding.disabled_at IS NULL`;
/** A key in force whose role decides, and whose author's does: `lib/auth/key-role.ts`. Places and names as above. */
export const KEY_DECIDES = (workspace: string, key: string, now: string) =>
  `SELECT 1 FROM api_keys deciding
   LEFT JOIN people author ON author.id = deciding.author_person_id AND author.disabled_at IS NULL
   LEFT JOIN memberships member ON member.workspace_id = deciding.workspace_id AND member.person_id = author.id
   WHERE deciding.workspace_id = ${workspace} AND deciding.id = ${key} AND deciding.revoked_at IS NULL
     AND (deciding.expires_at IS NULL OR deciding.expires_at > ${now})
     AND deciding.role NOT IN ('viewer', 'gateway') AND (deciding.author_person_id IS NULL OR member.role <> 'viewer')`;
