import type { RuleError } from './ask';
import type { Outcome } from './outcome';
import type { Reason } from './reason';

/** The answer of one policy set to one call. */
export interface PolicyDecision {
  readonly outcome: Outcome;
  /** At least one, the deciding first. */
  readonly reasons: readonly Reason[];
  /** The rules that decided, in order. */
  readonly ruleIds: readonly string[];
  readonly errors: readonly RuleError[];
}
