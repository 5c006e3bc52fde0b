/** The rows behind feedback, and who may still give some. */
import { hasPermission, personBehind, actorId, type ConsoleActor } from '@/lib/auth';
import { DomainError, type Feedback, type FeedbackVerdict } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { selectPartiesOf, stateAt, type AskedWith, type Party } from '@/lib/decide';
import { partRefusal } from '@/lib/services/parties/part-refusal';
import { iso } from '@/lib/services/instants';

export interface ExecutedAction {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly owner: string;
  readonly ownerPersonId: string | null;
  readonly tool: string;
  readonly outcome: string;
  readonly state: string;
  readonly approvalExpiresAt: Date | null;
  readonly sessionId: string | null;
  readonly askedWith: AskedWith | null;
}

const EXECUTED_COLUMNS = `d.id, d.agent_id AS "agentId", a.name AS "agentName", a.owner, a.owner_person_id AS "ownerPersonId", d.tool,
  d.outcome, d.state, ap.expires_at AS "approvalExpiresAt", d.session_id AS "sessionId", d.asked_with AS "askedWith"`;

/** The action a decision is about; undefined for none of this workspace. */
export async function selectAction(
  sql: Sql,
  workspaceId: string,
  decisionId: string,
  lock = false,
): Promise<ExecutedAction | undefined> {
  const [row] = await sql<ExecutedAction>(
    `SELECT ${EXECUTED_COLUMNS} FROM decisions d
       JOIN agents a ON a.workspace_id = d.workspace_id AND a.id = d.agent_id
       LEFT JOIN approvals ap ON ap.workspace_id = d.workspace_id AND ap.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = $2 ${lock ? 'FOR UPDATE OF d' : ''}`,
    [workspaceId, decisionId],
  );
  return row;
}

/** Somebody speaks once of an action, in person or through keys that go back to them. */
export function speaksAs(actor: ConsoleActor): string {
  const person = personBehind(actor);
  return person === null ? `key:${actorId(actor)}` : `person:${person.personId}`;
}

/** Everybody with a part in each of some actions, who therefore says nothing of how it went. */
export const partiesOfActions = (
  sql: Sql,
  workspaceId: string,
  actions: readonly ExecutedAction[],
): Promise<Party[][]> =>
  selectPartiesOf(
    sql,
    workspaceId,
    actions.map(({ owner: agentOwner, ownerPersonId: agentOwnerPersonId, ...action }) => ({
      ...action,
      agentOwner,
      agentOwnerPersonId,
    })),
  );

/** The same for one action. */
export async function partiesOfAction(
  sql: Sql,
  workspaceId: string,
  action: ExecutedAction,
): Promise<Party[]> {
  const [parties = []] = await partiesOfActions(sql, workspaceId, [action]);
  return parties;
}

/** Why the actor may say nothing of this action, before what was said already is looked at. */
export function feedbackRefusal(
  actor: ConsoleActor,
  action: ExecutedAction,
  parties: readonly Party[],
  now: Date,
): DomainError | undefined {
  return partRefusal(actor, parties, 'say how it went') ?? notPermitted(action, now);
}

/** As with the agent's own report: what was never let through cannot have gone well or badly. */
function notPermitted(action: ExecutedAction, now: Date): DomainError | undefined {
  const state = stateAt(action.state, action.approvalExpiresAt, now);
  if (action.outcome === 'allow' || state === 'approved' || state === 'redeemed') return undefined;
  return new DomainError(
    'unprocessable',
    'not_permitted',
    'This action was never allowed to run, so there is nothing to say of how it went.',
  );
}

export const alreadySaid = () =>
  new DomainError(
    'conflict',
    'already_said',
    'You have said how this action went already. It counts once a person.',
  );

/**
 * The same as an answer for the screen.
 *
 * @param facts.said whether the actor has said something of it already
 */
export function mayGive(
  actor: ConsoleActor,
  action: ExecutedAction,
  facts: { readonly said: boolean; readonly parties: readonly Party[] },
  now: Date,
): { allowed: boolean; why?: string } {
  if (!hasPermission(actor.role, 'approvals.decide'))
    return { allowed: false, why: `The role ${actor.role} may not say how an action went.` };
  const refusal =
    feedbackRefusal(actor, action, facts.parties, now) ?? (facts.said ? alreadySaid() : undefined);
  return refusal === undefined ? { allowed: true } : { allowed: false, why: refusal.message };
}

export interface FeedbackRow {
  readonly id: string;
  readonly decisionId: string;
  readonly verdict: FeedbackVerdict;
  readonly reason: string | null;
  readonly givenBy: string;
  readonly givenByName: string;
  readonly person: string;
  /** The sample it was said of, when it was. */
  readonly sampleId: string | null;
  readonly givenAt: Date;
  readonly trustBefore: { score: number; rung: number } | null;
  readonly trustAfter: { score: number; rung: number; texts: string[] } | null;
}

/** What was said of some actions, oldest first. */
export function selectFeedback(
  sql: Sql,
  workspaceId: string,
  decisionIds: readonly string[],
): Promise<FeedbackRow[]> {
  return sql<FeedbackRow>(
    `SELECT id, decision_id AS "decisionId", verdict, reason, given_by AS "givenBy", given_by_name AS "givenByName", person,
       sample_id AS "sampleId", given_at AS "givenAt", trust_before AS "trustBefore", trust_after AS "trustAfter"
     FROM action_feedback WHERE workspace_id = $1 AND decision_id = ANY($2::uuid[]) ORDER BY given_at, id`,
    [workspaceId, [...decisionIds]],
  );
}

export function serializeFeedback(row: FeedbackRow): Feedback {
  const { trustBefore: before, trustAfter } = row;
  return {
    id: row.id,
    decisionId: row.decisionId,
    verdict: row.verdict,
    reason: row.reason,
    by: row.givenBy,
    name: row.givenByName,
    at: iso(row.givenAt),
    effect:
      before === null || trustAfter === null
        ? null
        : {
            before,
            after: { score: trustAfter.score, rung: trustAfter.rung },
            texts: trustAfter.texts,
          },
  };
}
