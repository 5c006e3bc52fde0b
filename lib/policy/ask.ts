import { statefulIsAuthorized, type Context } from './cedar';
import type { CompiledPolicies, CompiledRule } from './compile';
import { contextOf, resourceId } from './facts';
import { project, readsApproved, readsTags, type FactsUsed } from './facts-used';
import type { PolicyInput } from './input';
import { preparedName } from './prepared-sets';
import { remembered } from './memory';
import { slicing, type Slice, type Slicing } from './slice/slices';
import { tagAt, tagsOf, type Tags } from './tags';

/** The three questions put to a policy set, from the widest to the narrowest. */
export type Question = 'execute' | 'execute_approved' | 'propose';

/** A rule that failed while it was evaluated: a forbid then counts as a deny, a permit as absent. */
export interface RuleError {
  readonly ruleId?: string;
  readonly message: string;
  /** A fact of the call that a rule reads cannot be told to Cedar: `message` says which, for the agent. */
  readonly hiddenFact?: true;
}

/** The answer to one question. */
export interface Answer {
  readonly permitted: boolean;
  /** The forbids that hold, failed ones apart. */
  readonly forbids: readonly CompiledRule[];
  /** The permits that hold, when no forbid does. */
  readonly permits: readonly CompiledRule[];
  readonly errors: readonly RuleError[];
}

/** A call prepared once and asked up to three times. */
export interface Call {
  readonly compiled: CompiledPolicies;
  readonly agentId: string;
  readonly resourceId: string;
  /** Without `approved`, which is asked both ways. */
  readonly context: Context;
  readonly cut: Slicing;
  /** Resource properties and arguments, as far as rules read them: most read none. */
  readonly tags: (uses: FactsUsed) => Tags;
  /** Cedar can read every fact the set looks at. Half a surrogate pair makes it refuse the question, whatever the rules. */
  readonly readable: boolean;
}

export function prepareCall(compiled: CompiledPolicies, input: PolicyInput): Call {
  const agentId = input.agent.id;
  const resource = resourceId(input);
  const context = project(contextOf(input), compiled.uses.context);
  const tags = (uses: FactsUsed) => (readsTags(uses) ? tagsOf(input, uses.tags) : NO_TAGS);
  const facts = [agentId, resource, context, tags(compiled.uses).entities];
  return {
    compiled,
    agentId,
    resourceId: resource,
    context,
    cut: slicing(compiled, {
      agentId,
      resourceId: resource,
      context,
      tag: (kind, name) => tagAt(input, kind, name),
    }),
    tags,
    readable: facts.every(isReadable),
  };
}

function isReadable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isReadable(key) && isReadable(inner));
}

const NO_TAGS: Tags = { entities: [], hidden: undefined };

export type Ask = (call: Call, question: Question) => Answer;

/** No rule can matter: nothing permits, nothing forbids, nothing fails. */
const SILENCE: Answer = { permitted: false, forbids: [], permits: [], errors: [] };

/**
 * Asks one question of the rules that can matter for it. Cedar skips a rule that fails; here a failing forbid counts as a
 * deny, a failing permit as absent, and a question Cedar cannot take at all (a fact of the wrong type) is a deny.
 */
export const ask: Ask = (call, question) => askRules(call, question, askCedar);

/** The same, of an answer that was given to the same facts before: how a process that decides all day asks. */
export const askRemembering: Ask = (call, question) =>
  askRules(call, question, (put) => remembered(call.compiled, put, () => askCedar(put)));

/** The same of all rules: what the others must agree with. */
export const askWhole: Ask = (call, question) =>
  askCedar(putTo(call.compiled, call, QUESTIONS[question]));

function askRules(call: Call, question: Question, answer: (put: Put) => Answer): Answer {
  if (!call.readable) return askWhole(call, question);
  const put = QUESTIONS[question];
  const { slice, tagsHold } = call.cut(put.action, put.approved);
  return slice === undefined ? SILENCE : answer({ ...putTo(slice, call, put), tagsHold });
}

interface QuestionFacts {
  readonly action: 'execute' | 'propose';
  readonly approved: boolean;
}

const QUESTIONS: Readonly<Record<Question, QuestionFacts>> = {
  execute: { action: 'execute', approved: false },
  execute_approved: { action: 'execute', approved: true },
  propose: { action: 'propose', approved: false },
};

/** A question as it is put to a slice of the rules: with the facts that the slice uses. */
export interface Put {
  readonly call: Call;
  readonly slice: Slice;
  readonly action: QuestionFacts['action'];
  readonly context: Context;
  /** Those of the rules that read tags surely hold, whatever else the tags say. */
  readonly tagsHold: boolean;
}

function putTo(slice: Slice, call: Call, { action, approved }: QuestionFacts): Put {
  const context = project(call.context, slice.uses.context);
  return {
    call,
    slice,
    action,
    context: readsApproved(slice.uses) ? { ...context, approved } : context,
    tagsHold: false,
  };
}

function askCedar({ call, slice, action, context }: Put): Answer {
  const { entities, hidden } = call.tags(slice.uses);
  if (hidden !== undefined) return { ...SILENCE, errors: [{ message: hidden, hiddenFact: true }] };
  const answer = statefulIsAuthorized({
    principal: { type: 'Agent', id: call.agentId },
    action: { type: 'Action', id: action },
    resource: { type: 'Resource', id: call.resourceId },
    context,
    preparsedPolicySetId: preparedName(slice),
    entities,
  });
  if (answer.type === 'failure') {
    const errors = answer.errors.map((error) => ({ message: error.message }));
    return { ...SILENCE, errors };
  }
  const { decision, diagnostics } = answer.response;
  const { rules } = call.compiled;
  // Cedar gives errors in no order; the same call must read the same twice.
  const errors = diagnostics.errors
    .map(({ policyId, error }) => ({ ruleId: policyId, message: error.message }))
    .sort((one, other) => (one.ruleId < other.ruleId ? -1 : 1));
  const deciding = diagnostics.reason.toSorted().flatMap((id) => rules.get(id) ?? []);
  const failedForbid = errors.some(({ ruleId }) => rules.get(ruleId)?.effect !== 'permit');
  return {
    permitted: decision === 'allow' && !failedForbid,
    forbids: deciding.filter(({ effect }) => effect === 'forbid'),
    permits: deciding.filter(({ effect }) => effect === 'permit'),
    errors,
  };
}
