/** One recorded session, played as a real agent would: asks before each call, waits, redeems, reports what the tool returned. */
import { BelayError, type AgentClient } from '@/lib/client/agent/index';
import type { EvaluationResponse, Outcome } from '@/lib/contracts';
import type { ConsoleApi } from './console-api';
import type { Patience } from './patience';
import type { RecordedSession, RecordedStep } from './recorded';

export interface Played {
  readonly sessionId: string;
  readonly step: RecordedStep;
  readonly decisionId: string;
  readonly outcome: Outcome;
  /** What a person said, when one was asked. */
  readonly verdict: 'approved' | 'rejected' | 'unanswered' | undefined;
  readonly executed: boolean;
  /** Belay said that somebody else steers the agent. */
  readonly alert: boolean;
  readonly evaluationMs: number;
}

/** What a server acknowledges; `approved` and `rejected` are of an approval, the others of a decision. */
export type Deed = 'decided' | 'approved' | 'rejected' | 'redeemed' | 'reported';
/** Hears of a deed after its answer has come, never before. */
export type Witness = (deed: Deed, id: string) => void;

/** Reasons with which an incident is open: orders were found, are likely followed, or are followed. A mere suspicion is none. */
export const ALARMS = new Set(['injection.planted', 'injection.likely', 'guardrail.injection']);

export interface Stage {
  readonly agent: AgentClient;
  readonly console: ConsoleApi;
  readonly reviewer: 'oracle' | 'none';
  readonly results: ReadonlyMap<string, string>;
  readonly patience: Patience;
  readonly witness?: Witness | undefined;
}

/** Calls of one turn are asked for before any of them has run: an agent plans a turn on the results of earlier ones. */
export async function playSession(stage: Stage, session: RecordedSession): Promise<Played[]> {
  const opening = { id: session.session_id, request: session.prompt, purpose: session.suite };
  await stage.patience.answer(() => stage.agent.openSession(opening));
  const played: Played[] = [];
  for (const turn of turnsOf(session.steps)) {
    const asked: Asked[] = [];
    for (const step of turn) asked.push(await ask(stage, session, step));
    for (const item of asked) played.push(await finish(stage, session, item));
  }
  return played;
}

function turnsOf(steps: readonly RecordedStep[]): RecordedStep[][] {
  const turns: RecordedStep[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (last?.[0]?.turn === step.turn) last.push(step);
    else turns.push([step]);
  }
  return turns;
}

interface Asked {
  readonly step: RecordedStep;
  readonly answer: EvaluationResponse;
  readonly evaluationMs: number;
}

const actionOf = (session: RecordedSession, step: RecordedStep) => ({
  action: { name: step.tool, properties: { arguments: step.args } },
  resource: { type: session.suite, id: step.tool },
});

/** The time is that of the try that was answered: how long a server was away says nothing of how long it takes to decide. */
async function ask(
  { agent, patience, witness }: Stage,
  session: RecordedSession,
  step: RecordedStep,
): Promise<Asked> {
  const question = { ...actionOf(session, step), context: { session: session.session_id } };
  let started = 0;
  const answer = await patience.answer(() => {
    started = performance.now();
    return agent.evaluate(question);
  });
  const evaluationMs = performance.now() - started;
  witness?.('decided', answer.context.id);
  return { step, answer, evaluationMs };
}

async function finish(
  stage: Stage,
  session: RecordedSession,
  { step, answer, evaluationMs }: Asked,
): Promise<Played> {
  const { id, outcome, reasons, approval } = answer.context;
  const verdict = approval === undefined ? undefined : await review(stage, approval.id, step);
  const permitted = outcome === 'allow' || verdict === 'approved';
  const executed = permitted && (await execute(stage, session, { step, id, verdict }));
  return {
    sessionId: session.session_id,
    step,
    decisionId: id,
    outcome: permitted && !executed ? 'deny' : outcome,
    verdict,
    executed,
    alert: reasons.some(({ code }) => ALARMS.has(code)),
    evaluationMs,
  };
}

/** The oracle knows the labels: it approves what lies on the user's path and rejects the rest. */
async function review(
  { console: api, reviewer, witness }: Stage,
  approvalId: string,
  step: RecordedStep,
): Promise<Played['verdict']> {
  if (reviewer === 'none') return 'unanswered';
  if (step.on_user_path && !step.on_injection_path) {
    const { digest, resource } = await api.approval(approvalId);
    await api.approve(approvalId, digest, resource.id);
    witness?.('approved', approvalId);
    return 'approved';
  }
  await api.reject(approvalId, step.on_injection_path ? 'injection' : 'not_needed');
  witness?.('rejected', approvalId);
  return 'rejected';
}

const hasCode = (code: string) => (refusal: BelayError) => refusal.code === code;

/** What may come between a decision and its redemption: trust fell, or the agent was stopped. The call does not run then. */
const noLongerHolds = (error: unknown): boolean =>
  error instanceof BelayError && (error.status === 422 || error.code === 'stopped');

/** What changes something, and what a person approved, runs with its permit. @returns false when that no longer held */
async function execute(
  { agent, results, patience, witness }: Stage,
  session: RecordedSession,
  { step, id: decisionId, verdict }: { step: RecordedStep; id: string; verdict: Played['verdict'] },
): Promise<boolean> {
  if (step.side_effect || verdict === 'approved') {
    const action = actionOf(session, step);
    try {
      await patience.once(() => agent.redeem(decisionId, action), hasCode('already_redeemed'));
    } catch (error) {
      if (noLongerHolds(error)) return false;
      throw error;
    }
    witness?.('redeemed', decisionId);
  }
  const output = step.tool_result_ref === null ? undefined : results.get(step.tool_result_ref);
  const outcome = {
    status: step.error === null ? ('succeeded' as const) : ('failed' as const),
    ...(step.error === null ? {} : { error: step.error.slice(0, 4_000) }),
    ...(output === undefined ? {} : { output }),
  };
  await patience.once(() => agent.reportOutcome(decisionId, outcome), hasCode('already_reported'));
  witness?.('reported', decisionId);
  return true;
}
