/** Words about an action after it could run: one transaction stores them, moves trust and writes the ledger. */
import { actorId, actorRef, requirePermission } from '@/lib/auth';
import { notFound, type Feedback, type FeedbackInput, type FeedbackVerdict } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { applySignals, type AppliedSignals } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { magnitudeOf } from '@/lib/services/reviewing/measure';
import {
  alreadySaid,
  feedbackRefusal,
  partiesOfAction,
  selectAction,
  selectFeedback,
  serializeFeedback,
  speaksAs,
  type ExecutedAction,
  type FeedbackRow,
} from './feedback-rows';
import { FEEDBACK_SIGNALS } from './feedback-signals';

/**
 * Says how an action went that could run. Counts once a person and action; that it was right lifts the score once an action,
 * and an approval has said so already.
 *
 * @throws DomainError `forbidden`, `not_found`, `own_agent` and the other parts of `feedbackRefusal`, `not_permitted`, `already_said`
 */
export async function giveFeedback(
  context: ServiceContext,
  id: string,
  { verdict, reason }: FeedbackInput,
): Promise<Feedback> {
  const decisionId = requireId(id, 'decision');
  return withTransaction(async (sql) => {
    const { row, applied } = await sayIn(sql, context, { decisionId, verdict, reason });
    await record(sql, context, applied.notes, [
      { type: 'review.changed', agentId: applied.agentId, subjectId: decisionId },
      ...applied.announcements,
    ]);
    return serializeFeedback(row);
  });
}

export interface Said {
  readonly decisionId: string;
  readonly verdict: FeedbackVerdict;
  readonly reason: string | null;
  /** The sample it is said of, when it is. */
  readonly sampleId?: string;
}

/**
 * The same inside the caller's transaction, which appends the notes and announcements to the ledger itself.
 *
 * @throws DomainError as `giveFeedback`
 */
export async function sayIn(
  sql: Sql,
  context: ServiceContext,
  said: Said,
): Promise<{
  row: FeedbackRow;
  applied: Pick<AppliedSignals, 'notes' | 'announcements'> & { agentId: string };
}> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const { workspaceId } = actor;
  const action = await selectAction(sql, workspaceId, said.decisionId, true);
  if (action === undefined) throw notFound('decision');
  const parties = await partiesOfAction(sql, workspaceId, action);
  const refusal = feedbackRefusal(actor, action, parties, now);
  if (refusal !== undefined) throw refusal;
  // The decision's row is locked: nobody else says anything of it meanwhile.
  const before = await selectFeedback(sql, workspaceId, [action.id]);
  const person = speaksAs(actor);
  if (before.some((other) => other.person === person)) throw alreadySaid();
  const counts = said.verdict !== 'right' || !foundRight(action, before);
  const weight = await magnitudeOf(sql, actor);
  const applied = counts ? await apply(sql, context, action, said, weight) : undefined;
  const row = await store(sql, context, action, {
    ...said,
    person,
    applied,
    weight: applied === undefined ? null : (weight.magnitude ?? 1),
  });
  const note = noteOf(context, 'feedback.given', `decision:${action.id}`, {
    agent: action.agentId,
    tool: action.tool,
    verdict: said.verdict,
    ...(said.reason === null ? {} : { reason: said.reason }),
    counted: counts,
  });
  return {
    row,
    applied: {
      agentId: action.agentId,
      notes: [note, ...(applied?.notes ?? [])],
      announcements: applied?.announcements ?? [],
    },
  };
}

/** Somebody has said already that it was right, with an approval or afterwards. */
function foundRight({ outcome }: ExecutedAction, before: readonly FeedbackRow[]): boolean {
  return outcome !== 'allow' || before.some(({ verdict }) => verdict === 'right');
}

function apply(
  sql: Sql,
  { actor, now }: ServiceContext,
  action: ExecutedAction,
  { verdict, reason }: Said,
  weight: { readonly magnitude?: number },
): Promise<AppliedSignals> {
  return applySignals(sql, {
    workspaceId: actor.workspaceId,
    agentId: action.agentId,
    now: now.getTime(),
    actor: actorRef(actor),
    signals: [
      {
        kind: FEEDBACK_SIGNALS[verdict],
        ...weight,
        source: `reviewer:${actorId(actor)}`,
        sourceClass: 'reviewer',
        decisionId: action.id,
        detail: { tool: action.tool, by: actor.name, ...(reason === null ? {} : { reason }) },
      },
    ],
  });
}

interface Stored extends Said {
  readonly person: string;
  readonly applied: AppliedSignals | undefined;
  /** What it counted for; null when it moved no score. */
  readonly weight: number | null;
}

async function store(
  sql: Sql,
  { actor, now }: ServiceContext,
  action: ExecutedAction,
  { verdict, reason, person, applied, weight, sampleId }: Stored,
): Promise<FeedbackRow> {
  const row: FeedbackRow = {
    id: newId(),
    decisionId: action.id,
    verdict,
    reason,
    givenBy: actorRef(actor),
    givenByName: actor.name,
    person,
    sampleId: sampleId ?? null,
    givenAt: now,
    ...effectOf(applied),
  };
  await sql(
    `INSERT INTO action_feedback (workspace_id, id, decision_id, agent_id, verdict, reason, given_by, given_by_name, person, given_at,
       weight, trust_before, trust_after, sample_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb, $14)`,
    [
      actor.workspaceId,
      row.id,
      row.decisionId,
      action.agentId,
      verdict,
      reason,
      row.givenBy,
      row.givenByName,
      person,
      now,
      weight,
      row.trustBefore === null ? null : JSON.stringify(row.trustBefore),
      row.trustAfter === null ? null : JSON.stringify(row.trustAfter),
      row.sampleId,
    ],
  );
  return row;
}

function effectOf(
  applied: AppliedSignals | undefined,
): Pick<FeedbackRow, 'trustBefore' | 'trustAfter'> {
  if (applied === undefined) return { trustBefore: null, trustAfter: null };
  const { before, reading, rung, rungChange, contributions } = applied.assessment;
  const texts = [...contributions.map(({ text }) => text), ...(rungChange?.reasons ?? [])];
  return {
    trustBefore: { score: before.score, rung: rungChange?.from ?? rung },
    trustAfter: { score: reading.score, rung, texts },
  };
}
