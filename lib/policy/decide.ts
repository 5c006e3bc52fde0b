import {
  askRemembering,
  prepareCall,
  type Answer,
  type Ask,
  type Call,
  type RuleError,
} from './ask';
import type { CompiledPolicies, CompiledRule } from './compile';
import type { PolicyDecision } from './decision';
import type { PolicyInput } from './input';
import type { Outcome } from './outcome';
import { NO_RULE, SET_FAILED, failureReason, ruleReason } from './rule-reasons';

/**
 * Decides one call under one policy set.
 *
 * | execute | execute, approved | propose | outcome            | first reasons                                  |
 * |---------|-------------------|---------|--------------------|------------------------------------------------|
 * | yes     | (not asked)       | (not)   | `allow`            | the permits                                    |
 * | no      | yes               | (not)   | `require_approval` | what forbids it unapproved, or else the permit |
 * | no      | no                | yes     | `suggest`          | what forbids it approved, or else the permit   |
 * | no      | no                | no      | `deny`             | the forbids, or else "no rule allows"          |
 *
 * Another way of asking is for measuring and comparing. Never throws for an input it cannot evaluate: that is a `deny` with a reason. Every outcome has at least one reason.
 */
export function decidePolicy(
  compiled: CompiledPolicies,
  input: PolicyInput,
  asking: Ask = askRemembering,
): PolicyDecision {
  return orDenied(() => decideByAsking(compiled, prepareCall(compiled, input), asking));
}

function orDenied(decide: () => PolicyDecision): PolicyDecision {
  try {
    return decide();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: 'deny', reasons: [SET_FAILED], ruleIds: [], errors: [{ message }] };
  }
}

function decideByAsking(compiled: CompiledPolicies, call: Call, asking: Ask): PolicyDecision {
  const alone = asking(call, 'execute');
  if (alone.permitted) return conclude(compiled, 'allow', alone.permits, [alone]);
  const approved = asking(call, 'execute_approved');
  if (approved.permitted) {
    return conclude(compiled, 'require_approval', orElse(alone.forbids, approved.permits), [
      alone,
      approved,
    ]);
  }
  const proposed = asking(call, 'propose');
  const answers = [alone, approved, proposed];
  if (proposed.permitted) {
    return conclude(compiled, 'suggest', orElse(approved.forbids, proposed.permits), answers);
  }
  return conclude(compiled, 'deny', orElse(proposed.forbids, approved.forbids), answers);
}

function orElse(
  forbids: readonly CompiledRule[],
  otherwise: readonly CompiledRule[],
): readonly CompiledRule[] {
  return forbids.length > 0 ? forbids : otherwise;
}

/** The deciding rules first, then what else stood in the way, then what failed. */
function conclude(
  compiled: CompiledPolicies,
  outcome: Outcome,
  deciding: readonly CompiledRule[],
  answers: readonly Answer[],
): PolicyDecision {
  const rules = unique([...deciding, ...answers.flatMap(({ forbids }) => forbids)]);
  const errors = uniqueErrors(answers.flatMap((answer) => answer.errors));
  const reasons = [
    ...rules.map(ruleReason),
    ...errors.map((error) => failureReason(compiled, error)),
  ];
  return {
    outcome,
    reasons: reasons.length > 0 ? reasons : [NO_RULE],
    ruleIds: rules.map(({ id }) => id),
    errors,
  };
}

function unique(rules: readonly CompiledRule[]): CompiledRule[] {
  return [...new Set(rules)];
}

function uniqueErrors(errors: readonly RuleError[]): RuleError[] {
  return [...new Map(errors.map((error) => [error.ruleId ?? error.message, error])).values()];
}
