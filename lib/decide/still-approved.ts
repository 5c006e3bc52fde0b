/** Whether whoever approved an action may still decide. */
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';

/** A person whose role in the workspace decides. The arguments are places in the query. */
export const PERSON_DECIDES = (workspace: string, person: string) =>
  `SELECT 1 FROM memberships m JOIN people p ON p.id = m.person_id
   WHERE m.workspace_id = ${workspace} AND m.person_id = ${person} AND m.role <> 'viewer' AND p.disabled_at IS NULL`;
/** A key in force whose role decides, and whose author's does: `lib/auth/key-role.ts`. The arguments are places in the query. */
export const KEY_DECIDES = (workspace: string, key: string, now: string) =>
  `SELECT 1 FROM api_keys k
   LEFT JOIN people p ON p.id = k.author_person_id AND p.disabled_at IS NULL
   LEFT JOIN memberships m ON m.workspace_id = k.workspace_id AND m.person_id = p.id
   WHERE k.workspace_id = ${workspace} AND k.id = ${key} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now})
     AND k.role NOT IN ('viewer', 'gateway') AND (k.author_person_id IS NULL OR m.role <> 'viewer')`;

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
