/** One guarded call: ask, wait for a person where one is needed, spend the permit, run, report. */
import type { AgentClient } from '../agent-client.js';
import { BelayError } from '../belay-error.js';
import type { EvaluationBatches } from '../evaluation-batches.js';
import type { ReadCache } from '../reads/read-cache.js';
import type { ApprovalRef, DecisionStatus, Edit, JsonObject, Reason } from '../wire.js';
import { describe, type ActionOptions, type Described } from './described.js';
import type { DecisionRef, Guarded, NotRun, ResumeOptions } from './guarded.js';
import { failed, outputOf, succeeded } from './output.js';
import type { Reports } from './reports.js';

/** What a guarded function is told beside its arguments. */
export interface Run {
  readonly decisionId: string;
  readonly session: string | undefined;
  /** Aborted when the caller no longer wants the result. */
  readonly signal: AbortSignal | undefined;
}

export type Guardable<Args, Value> = (args: Args, run: Run) => Value | Promise<Value>;

export interface ApprovalNotice {
  readonly tool: string;
  readonly decision: DecisionRef;
  readonly approval: ApprovalRef;
}

export interface GuardOptions<Args, Value> extends ActionOptions<Args> {
  /** What the later calls of the session are judged by; the value as text unless given. `false`: it carries nobody's text. */
  readonly output?: ((value: Value) => string | undefined) | false | undefined;
  /** Seconds to wait for a person; until the approval ends when absent. */
  readonly waitSeconds?: number | undefined;
  /** Told once when the call begins to wait for a person. */
  readonly onApproval?: ((notice: ApprovalNotice) => void) | undefined;
  /** Answers a reviewer's question; without an answer they decide without one. */
  readonly answer?:
    ((question: string) => string | undefined | Promise<string | undefined>) | undefined;
}

export interface RunOptions extends ResumeOptions {
  /** The same call made again, also by another process, is decided once. */
  readonly idempotencyKey?: string | undefined;
}

/** @throws what the function throws, after it was reported; BelayError when Belay cannot be asked; the reason of the signal */
export type GuardedFunction<Args, Value> = (
  args: Args,
  options?: RunOptions,
) => Promise<Guarded<Value>>;

/** What the calls of one client share. */
export interface Desk {
  readonly client: AgentClient;
  readonly batches: EvaluationBatches;
  readonly reports: Reports;
  readonly reads: ReadCache | undefined;
  /**
   * Does work that the client knows of while it lasts.
   *
   * @param signal the caller's
   * @param work gets a signal that ends waiting: the caller gave up, or the client closes. What runs then goes on to its end
   * @throws BelayError when the client is closed
   */
  readonly track: <Result>(
    signal: AbortSignal | undefined,
    work: (end: AbortSignal) => Promise<Result>,
  ) => Promise<Result>;
}

/** How long a call goes on: the caller's own signal, and the one that ends waiting. */
interface Patience {
  readonly signal: AbortSignal | undefined;
  readonly end: AbortSignal;
  readonly waitSeconds: number | undefined;
}

export interface Guard<Args, Value> extends GuardOptions<Args, Value> {
  readonly tool: string;
  readonly fn: Guardable<Args, Value>;
  readonly session: string | undefined;
}

interface Call<Args, Value> extends Described<Args> {
  readonly desk: Desk;
  readonly guard: Guard<Args, Value>;
}

/** Seconds of one long poll. */
const POLL_SECONDS = 25;

/** @throws as GuardedFunction does */
export async function runGuarded<Args, Value>(
  desk: Desk,
  guard: Guard<Args, Value>,
  args: Args,
  options: RunOptions,
): Promise<Guarded<Value>> {
  const { signal, waitSeconds = guard.waitSeconds, idempotencyKey } = options;
  const call = { desk, guard, ...describe(guard.tool, args, guard, guard.session) };
  return desk.track(signal, (end) =>
    decideAndRun(call, idempotencyKey, { signal, end, waitSeconds }),
  );
}

async function decideAndRun<Args, Value>(
  call: Call<Args, Value>,
  idempotencyKey: string | undefined,
  patience: Patience,
): Promise<Guarded<Value>> {
  const { desk, guard } = call;
  const known = idempotencyKey === undefined ? desk.reads?.find(call.evaluation) : undefined;
  if (known !== undefined) return runCached(call, known, patience.signal);
  const decision = await ask(call, idempotencyKey, patience.end);
  if (decision.outcome === 'allow') return spendAndRun(call, decision, patience);
  if (decision.outcome !== 'require_approval' || decision.approval === undefined)
    return notRun(decision.outcome === 'suggest' ? 'suggested' : 'denied', decision);
  guard.onApproval?.({ tool: guard.tool, decision, approval: decision.approval });
  return waitAndRun(call, decision, patience);
}

const notRun = (
  state: NotRun['state'],
  decision: DecisionRef,
  more: Partial<Pick<NotRun, 'reasons' | 'verdict'>> = {},
): NotRun => ({ state, decision, reasons: decision.reasons, ...more });

async function ask<Args, Value>(
  { desk, evaluation }: Call<Args, Value>,
  idempotencyKey: string | undefined,
  end: AbortSignal,
): Promise<DecisionRef> {
  // What was read belongs to the session before the next question is asked in it; on a cached answer too.
  const session = evaluation.context?.session;
  await desk.reads?.settle(session, end);
  await desk.reports.settle(session, end);
  const since = desk.reads?.now();
  const { context } =
    idempotencyKey === undefined
      ? await desk.batches.ask(evaluation, end)
      : await desk.client.evaluate(evaluation, { idempotencyKey, signal: end });
  if (since !== undefined) desk.reads?.keep(evaluation, context, since);
  return context;
}

/** A read on an earlier answer: nothing is spent, and Belay is told afterwards. */
async function runCached<Args, Value>(
  call: Call<Args, Value>,
  decision: DecisionRef,
  signal: AbortSignal | undefined,
): Promise<Guarded<Value>> {
  const { desk, guard, args, evaluation } = call;
  const tell = desk.reads?.used(evaluation);
  try {
    const value = await guard.fn(args, { decisionId: decision.id, session: guard.session, signal });
    tell?.(succeeded(textOf(guard, value)));
    return { state: 'ran', value, decision, cached: true, reported: false };
  } catch (error) {
    tell?.(failed(error));
    throw error;
  }
}

/** Until a person has decided, the approval ends, the caller's time is over, or the caller gives up. */
async function waitAndRun<Args, Value>(
  call: Call<Args, Value>,
  decision: DecisionRef,
  patience: Patience,
): Promise<Guarded<Value>> {
  const { approval } = decision;
  const { end, waitSeconds = Infinity } = patience;
  const endsAt = Date.now() + waitSeconds * 1000;
  const answered = new Set<string>();
  for (;;) {
    const left = Math.ceil((endsAt - Date.now()) / 1000);
    if (left <= 0 && approval !== undefined)
      return {
        state: 'waiting',
        decision,
        approval,
        resume: ({ signal, waitSeconds: seconds } = {}) =>
          call.desk.track(signal, (until) =>
            waitAndRun(call, decision, { signal, end: until, waitSeconds: seconds }),
          ),
      };
    const status = await call.desk.client.wait(decision.id, Math.min(left, POLL_SECONDS), end);
    if (status.state === 'pending') await answer(call, status, answered, end);
    else return settled(call, decision, status, patience);
  }
}

async function answer<Args, Value>(
  { desk, guard }: Call<Args, Value>,
  { id, question }: DecisionStatus,
  answered: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  if (question === undefined || guard.answer === undefined || answered.has(question.askedAt))
    return;
  answered.add(question.askedAt);
  const text = await guard.answer(question.text);
  if (text !== undefined) await desk.client.answer(id, text, signal);
}

/** What each settled state of a decision that waited is to the caller; the others run. */
const ENDED: Readonly<Partial<Record<DecisionStatus['state'], NotRun['state']>>> = {
  rejected: 'rejected',
  expired: 'expired',
  cancelled: 'cancelled',
  redeemed: 'refused',
};

function settled<Args, Value>(
  call: Call<Args, Value>,
  decision: DecisionRef,
  { state, verdict, reasons }: DecisionStatus,
  patience: Patience,
): Promise<Guarded<Value>> | NotRun {
  const ended = ENDED[state];
  if (ended !== undefined) return notRun(ended, decision, { reasons, verdict });
  return spendAndRun(call, decision, patience, verdict?.edit);
}

async function spendAndRun<Args, Value>(
  call: Call<Args, Value>,
  decision: DecisionRef,
  patience: Patience,
  edited?: Edit,
): Promise<Guarded<Value>> {
  const refusal = await spend(call, decision.id, edited?.arguments, patience.end);
  if (refusal === undefined) return run(call, decision, patience.signal, edited);
  // The reviewer took the approval back before it was used: it waits for them again.
  if (refusal.code === 'verdict_undone') return waitAndRun(call, decision, patience);
  const reason: Reason = { code: refusal.code, text: refusal.detail };
  return notRun('refused', decision, { reasons: [reason] });
}

/** @returns why the permit no longer holds, where it does not */
async function spend<Args, Value>(
  { desk, evaluation: { action, resource } }: Call<Args, Value>,
  decisionId: string,
  edited: JsonObject | undefined,
  signal: AbortSignal,
): Promise<BelayError | undefined> {
  const { name } = action;
  const allowed = edited === undefined ? action : { name, properties: { arguments: edited } };
  try {
    await desk.client.redeem(
      decisionId,
      { action: allowed, resource },
      // A try whose answer was lost is told from a permit that somebody else has spent.
      { idempotencyKey: crypto.randomUUID(), signal },
    );
    return undefined;
  } catch (error) {
    if (error instanceof BelayError && (error.status === 409 || error.status === 422)) return error;
    throw error;
  }
}

async function run<Args, Value>(
  { desk, guard, args, evaluation }: Call<Args, Value>,
  decision: DecisionRef,
  signal: AbortSignal | undefined,
  edited: Edit | undefined,
): Promise<Guarded<Value>> {
  // A copy: what a function does to its arguments must not change what is said of them.
  const allowed = edited === undefined ? args : (structuredClone(edited.arguments) as Args);
  const session = evaluation.context?.session;
  let value: Value;
  try {
    signal?.throwIfAborted();
    value = await guard.fn(allowed, { decisionId: decision.id, session: guard.session, signal });
  } catch (error) {
    await desk.reports.send(decision.id, failed(error), session);
    throw error;
  }
  const reported = await desk.reports.send(decision.id, succeeded(textOf(guard, value)), session);
  return { state: 'ran', value, decision, edited, cached: false, reported };
}

/** A function of the caller's that fails says nothing of the tool, which has run. */
function textOf<Args, Value>(guard: Guard<Args, Value>, value: Value): string | undefined {
  if (guard.output === false) return undefined;
  try {
    return (guard.output ?? outputOf)(value);
  } catch {
    return outputOf(value);
  }
}
