/** Whether whoever approved an action may still decide. */
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';

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

/**
 * Whoever approved must still be allowed to: a person in the workspace with a deciding role, or a key in force.
 *
 * @param approvedBy `person:<id>` or `key:<id>`, several with a space between them; null when no person was needed
 * @param now milliseconds since the epoch
 * @throws DomainError 422 `approver_lost_role`
 */
export async function requireApprover(
  sql: Sql,
  workspaceId: string,
  approvedBy: string | null,
  now: number,
): Promise<void> {
  if (approvedBy === null) return;
  for (const approver of approvedBy.split(' ')) {
    const [kind, id = null] = approver.split(':');
    const found =
      kind === 'person'
        ? await sql(PERSON_DECIDES('$1', '$2'), [workspaceId, id])
        : await sql(KEY_DECIDES('$1', '$2', '$3'), [workspaceId, id, new Date(now)]);
    if (found.length === 0) {
      throw new DomainError(
        'unprocessable',
        'approver_lost_role',
        'Whoever approved this may no longer decide. Ask for a new decision.',
      );
    }
  }
}
