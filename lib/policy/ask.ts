import { statefulIsAuthorized, type Context, type Entities } from './cedar';
import type { CompiledPolicies, CompiledRule } from './compile';
import { contextOf, entitiesOf, resourceId } from './facts';
import { project } from './facts-used';
import type { PolicyInput } from './input';
import { preparedName } from './prepared-sets';

/** The three questions put to a policy set, from the widest to the narrowest. */
export type Question = 'execute' | 'execute_approved' | 'propose';

/** A rule that failed while it was evaluated: a forbid then counts as a deny, a permit as absent. */
export interface RuleError {
  readonly ruleId?: string;
  readonly message: string;
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
  readonly setName: string;
  readonly agentId: string;
  readonly resourceId: string;
  readonly context: Context;
  readonly entities: Entities;
}

export function prepareCall(compiled: CompiledPolicies, input: PolicyInput): Call {
  return {
    compiled,
    setName: preparedName(compiled),
    agentId: input.agent.id,
    resourceId: resourceId(input),
    context: project(contextOf(input), compiled.uses.context),
    entities: compiled.uses.tags ? entitiesOf(input) : [],
  };
}

/**
 * Asks one question. Cedar skips a rule that fails; here a failing forbid counts as a deny, a failing permit as absent,
 * and a question Cedar cannot take at all (a fact of the wrong type) is a deny.
 */
export function ask(call: Call, question: Question): Answer {
  const context = { ...call.context, approved: question === 'execute_approved' };
  const answer = statefulIsAuthorized({
    principal: { type: 'Agent', id: call.agentId },
    action: { type: 'Action', id: question === 'propose' ? 'propose' : 'execute' },
    resource: { type: 'Resource', id: call.resourceId },
    context,
    preparsedPolicySetId: call.setName,
    entities: call.entities,
  });
  if (answer.type === 'failure') {
    const errors = answer.errors.map((error) => ({ message: error.message }));
    return { permitted: false, forbids: [], permits: [], errors };
  }
  const { decision, diagnostics } = answer.response;
  const { rules } = call.compiled;
  const errors = diagnostics.errors.map(({ policyId, error }) => ({
    ruleId: policyId,
    message: error.message,
  }));
  const deciding = diagnostics.reason.toSorted().flatMap((id) => rules.get(id) ?? []);
  const failedForbid = errors.some(({ ruleId }) => rules.get(ruleId)?.effect !== 'permit');
  return {
    permitted: decision === 'allow' && !failedForbid,
    forbids: deciding.filter(({ effect }) => effect === 'forbid'),
    permits: deciding.filter(({ effect }) => effect === 'permit'),
    errors,
  };
}
