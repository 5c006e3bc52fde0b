import { decidePolicy } from './decide';
import type { CompiledPolicies } from './compile';
import type { PolicyInput } from './input';
import type { Outcome } from './outcome';
import type { Reason } from './reason';

export interface BaseDecision {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly ruleIds: readonly string[];
}

/**
 * The customer's own decision point. Belay can only narrow what it answers. An implementation that cannot answer
 * (timeout, error) resolves to `deny` with a reason of source `error`; it does not reject.
 */
export interface BasePolicy {
  decide(input: PolicyInput, signal: AbortSignal): Promise<BaseDecision>;
}

/** The base policy of a workspace that has written none: everything within the pact. */
export const DEFAULT_BASE_POLICY_TEXT = `@id("base-within-pact")
@code("base.within_pact")
@reason("The action lies within the agent's pact.")
permit (principal, action, resource);
`;

/** The workspace's own Cedar text, decided in process. */
export function inProcessBasePolicy(compiled: CompiledPolicies): BasePolicy {
  return {
    decide: (input) => Promise.resolve(decidePolicy(compiled, input)),
  };
}
