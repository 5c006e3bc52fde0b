/** Who may be asked to decide an approval: people with the permission who do not own the agent. */
import { hasPermission, requirePermission, type PersonActor } from '@/lib/auth';
import { DomainError, notFound, type PersonRole, type ReviewerList } from '@/lib/contracts';
import { sql, type Sql } from '@/lib/db';
import { ownAgentRefusal } from '@/lib/services/agents/own-agent';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import type { ApprovalRow } from '../approval-rows';

export interface Reviewer {
  readonly id: string;
  readonly name: string;
}
type Owner = Pick<ApprovalRow, 'agentOwner' | 'agentOwnerPersonId'>;
type Member = Reviewer & { readonly email: string; readonly role: PersonRole };

const MEMBERS = `SELECT p.id, p.name, p.email, m.role FROM memberships m JOIN people p ON p.id = m.person_id
  WHERE m.workspace_id = $1 AND p.disabled_at IS NULL`;

/** The people a call can be assigned to, by name. @throws DomainError `forbidden`, `not_found` */
export async function listReviewers(context: ServiceContext, id: string): Promise<ReviewerList> {
  const { actor } = context;
  requirePermission(actor, 'workspace.read');
  const [owner] = await sql<Owner>(
    `SELECT a.owner AS "agentOwner", a.owner_person_id AS "agentOwnerPersonId" FROM approvals ap
     JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [actor.workspaceId, requireId(id, 'approval')],
  );
  if (owner === undefined) throw notFound('approval');
  const members = await sql<Member>(`${MEMBERS} ORDER BY lower(p.name), p.id LIMIT 500`, [
    actor.workspaceId,
  ]);
  const items = members
    .filter((member) => whyNot(actor.workspaceId, owner, member) === undefined)
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
  approval: Owner,
  personId: string,
): Promise<Reviewer> {
  const [member] = await run<Member>(`${MEMBERS} AND p.id = $2`, [workspaceId, personId]);
  if (member === undefined) throw notFound('person');
  const why = whyNot(workspaceId, approval, member);
  if (why !== undefined) throw new DomainError('unprocessable', 'may_not_decide', why);
  return { id: member.id, name: member.name };
}

function whyNot(workspaceId: string, owner: Owner, member: Member): string | undefined {
  const { id: personId, name, email, role } = member;
  if (!hasPermission(role, 'approvals.decide'))
    return `${name} has the role ${role}, which may not decide approvals.`;
  const actor: PersonActor = { kind: 'person', personId, name, email, role, workspaceId };
  const agent = { owner: owner.agentOwner, ownerPersonId: owner.agentOwnerPersonId };
  const own = ownAgentRefusal(actor, agent, 'somebody else has to decide');
  return own === undefined ? undefined : `${name} owns this agent, so somebody else has to decide.`;
}
