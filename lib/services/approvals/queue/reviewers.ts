/** Who may be asked to decide an approval: people with the permission who have no part in the action and have not approved it. */
import { hasPermission, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type PersonRole, type ReviewerList } from '@/lib/contracts';
import { sql, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { partOf, samePerson, type Part } from '@/lib/decide';
import { readApproval, type DecidableRow } from '../lock';

export interface Reviewer {
  readonly id: string;
  readonly name: string;
}
type Member = Reviewer & { readonly email: string; readonly role: PersonRole };

const MEMBERS = `SELECT p.id, p.name, p.email, m.role FROM memberships m JOIN people p ON p.id = m.person_id
  WHERE m.workspace_id = $1 AND p.disabled_at IS NULL`;

/** The people a call can be assigned to, by name. @throws DomainError `forbidden`, `not_found` */
export async function listReviewers(context: ServiceContext, id: string): Promise<ReviewerList> {
  const { actor } = context;
  requirePermission(actor, 'workspace.read');
  const approval = await readApproval(sql, actor.workspaceId, requireId(id, 'approval'));
  const members = await sql<Member>(`${MEMBERS} ORDER BY lower(p.name), p.id LIMIT 500`, [
    actor.workspaceId,
  ]);
  const items = members
    .filter((member) => whyNot(approval, member) === undefined)
    .map((member) => ({ id: member.id, name: member.name }));
  return { items };
}

/**
 * The person by id, if they may decide this approval.
 *
 * @throws DomainError `not_found`, `may_not_decide`
 */
export async function requireReviewer(
  run: Sql,
  workspaceId: string,
  approval: DecidableRow,
  personId: string,
): Promise<Reviewer> {
  const [member] = await run<Member>(`${MEMBERS} AND p.id = $2`, [workspaceId, personId]);
  if (member === undefined) throw notFound('person');
  const why = whyNot(approval, member);
  if (why !== undefined) throw new DomainError('unprocessable', 'may_not_decide', why);
  return { id: member.id, name: member.name };
}

/** What each part in an action keeps its holder from. */
const HELD: Readonly<Record<Part, string>> = {
  owner: 'owns this agent',
  requester: 'asked for this',
  delegator: 'passed this on, or owns an agent that did',
  gateway: 'stands behind the key that asked for this',
  keyholder: 'put in the key that this agent signs with',
};

function whyNot({ parties, given }: DecidableRow, member: Member): string | undefined {
  const { id: personId, name, email, role } = member;
  if (!hasPermission(role, 'approvals.decide'))
    return `${name} has the role ${role}, which may not decide approvals.`;
  const person = { personId, name, email };
  const party = partOf(parties, person);
  if (party !== undefined) return `${name} ${HELD[party.part]}, so somebody else has to decide.`;
  if (given?.some((one) => samePerson(one, person)) === true)
    return `${name} has approved this already, so somebody else has to decide.`;
  return undefined;
}
