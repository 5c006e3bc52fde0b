/** Whether whoever approved an action may still decide it. */
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { KEY_DECIDES, PERSON_DECIDES } from './may-still-decide';
import { partOf } from './parties/parties';
import { selectParties, type Asked } from './parties/select-parties';
import type { Identity } from './same-person';

/** Whoever approved, if they may still decide; all members null for a key with nobody behind it. */
async function selectApprover(
  sql: Sql,
  workspaceId: string,
  approver: string,
  now: number,
): Promise<Identity | undefined> {
  const [kind, id = null] = approver.split(':');
  const [found] =
    kind === 'person'
      ? await sql<Identity>(
          `SELECT id AS "personId", email, name FROM people WHERE id = $2 AND EXISTS (${PERSON_DECIDES('$1', '$2')})`,
          [workspaceId, id],
        )
      : await sql<Identity>(
          `SELECT behind.id AS "personId", behind.email, behind.name FROM api_keys used LEFT JOIN people behind ON behind.id = used.author_person_id
           WHERE used.workspace_id = $1 AND used.id = $2 AND EXISTS (${KEY_DECIDES('$1', '$2', '$3')})`,
          [workspaceId, id, new Date(now)],
        );
  return found;
}

/**
 * Whoever approved must still be allowed to: a person in the workspace with a deciding role, or a key in force. And they must have
 * no part in the action by now, such as the key of the agent.
 *
 * @param approvedBy `person:<id>` or `key:<id>`, several with a space between them; null when no person was needed
 * @param now milliseconds since the epoch
 * @param asked who stands behind the action; undefined for a caller who has judged the parts
 * @throws DomainError 422 `approver_lost_role`, `approver_has_part`
 */
export async function requireApprover(
  sql: Sql,
  workspaceId: string,
  approvedBy: string | null,
  now: number,
  asked?: Asked,
): Promise<void> {
  if (approvedBy === null) return;
  const [approvers, parties] = await Promise.all([
    Promise.all(approvedBy.split(' ').map((by) => selectApprover(sql, workspaceId, by, now))),
    asked === undefined ? [] : selectParties(sql, workspaceId, asked),
  ]);
  // Nobody registers an agent again: that part was judged with the verdict, which may have been the first.
  const taken = parties.filter(({ registered }) => registered !== true);
  for (const approver of approvers) {
    if (approver === undefined) throw refused('approver_lost_role', 'may no longer decide');
    if (partOf(taken, approver) !== undefined)
      throw refused('approver_has_part', 'has a part in it by now, such as the key of the agent');
  }
}

const refused = (code: string, why: string) =>
  new DomainError('unprocessable', code, `Whoever approved this ${why}. Ask for a new decision.`);
