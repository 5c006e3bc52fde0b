/** Compares two policies call by call, in pieces, so that the process goes on answering while it does. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PolicyExample, PolicyWidening } from '@/lib/contracts';
import type { ToolFacts } from '@/lib/decide';
import { decidePolicy, type CompiledPolicies, type PolicyInput } from '@/lib/policy';
import {
  changeOf,
  factsNotCompared,
  gridInputs,
  inputOf,
  mayDiffer,
  outlineOf,
  provable,
  widens,
  type OutcomeChange,
} from '@/lib/policy/change';
import type { RecordedCall } from './recorded-calls';

/** How many calls are compared before others get a turn: some milliseconds. */
const CALLS_A_TURN = 32;
const MAX_EXAMPLES = 8;

export interface ChangedCall extends OutcomeChange {
  readonly call: RecordedCall;
}

export interface Pair {
  readonly before: CompiledPolicies;
  readonly after: CompiledPolicies;
}

/** The outcome of every recorded call under both, in order. */
export async function compareRecorded(
  { before, after }: Pair,
  calls: readonly RecordedCall[],
): Promise<ChangedCall[]> {
  const compared: ChangedCall[] = [];
  for (const call of calls) {
    const outcome = decidePolicy(before, call.input).outcome;
    const change = changeOf(before, after, call.input) ?? { before: outcome, after: outcome };
    compared.push({ ...change, call });
    if (compared.length % CALLS_A_TURN === 0) await nextTurn();
  }
  return compared;
}

/**
 * Whether the new rules let more through: by the rules themselves, or by trying recorded calls and every combination of the
 * facts with few values. A narrower change needs nobody else; the other two verdicts need a second person.
 */
export async function judgeWidening(
  pair: Pair,
  recorded: readonly ChangedCall[],
  tools: Iterable<ToolFacts>,
): Promise<PolicyWidening> {
  const proof = provable(pair.before, pair.after);
  const wider = recorded.filter(widens);
  const examples = wider.slice(0, MAX_EXAMPLES).map((one) => recordedExample(pair, one));
  if (proof === 'narrower')
    return { verdict: 'narrower', compared: recorded.length, examples: [], notCompared: [] };
  const tried = await tryCalls(pair, madeUpCalls(pair, tools), MAX_EXAMPLES - examples.length);
  const found = [...examples, ...tried.examples];
  const open = proof === 'open' && found.length === 0;
  return {
    verdict: found.length > 0 ? 'widens' : open ? 'unproven' : 'narrower',
    compared: recorded.length + tried.compared,
    examples: found,
    notCompared: open ? factsNotCompared(pair.before, pair.after) : [],
  };
}

/** Each tool of the catalogue on each rung, for rules that name tools; then the grid. */
function* madeUpCalls({ before, after }: Pair, tools: Iterable<ToolFacts>): Generator<PolicyInput> {
  for (const tool of tools)
    for (const rung of [5, 4, 3, 2, 1]) yield inputOf({ tool, trust: { rung } });
  yield* gridInputs([before.uses.context, after.uses.context]);
}

/** Stops once it has examples enough: what else widens does not change the verdict. */
async function tryCalls(
  pair: Pair,
  calls: Iterable<PolicyInput>,
  wanted: number,
): Promise<{ compared: number; examples: PolicyExample[] }> {
  const examples: PolicyExample[] = [];
  const differs = mayDiffer(pair.before, pair.after);
  let compared = 0;
  for (const input of calls) {
    if (examples.length >= wanted) break;
    compared += 1;
    const change = differs(input) ? changeOf(pair.before, pair.after, input) : undefined;
    if (change !== undefined && widens(change)) examples.push(exampleOf(pair, change, input));
    if (compared % CALLS_A_TURN === 0) await nextTurn();
  }
  return { compared, examples };
}

export function recordedExample(pair: Pair, { call, ...change }: ChangedCall): PolicyExample {
  const { decisionId, agentName, input } = call;
  return { ...exampleOf(pair, change, input), decisionId, agentName };
}

function exampleOf({ after }: Pair, change: OutcomeChange, input: PolicyInput): PolicyExample {
  const { reasons } = decidePolicy(after, input);
  return {
    before: change.before,
    after: change.after,
    call: outlineForWire(input),
    reasons: reasons.map((reason) => ({
      ...reason,
      source: reason.source && { ...reason.source },
    })),
  };
}

/** The outline as the wire has it: its lists are not read-only there. */
function outlineForWire(input: PolicyInput): PolicyExample['call'] {
  return structuredClone(outlineOf(input)) as PolicyExample['call'];
}
