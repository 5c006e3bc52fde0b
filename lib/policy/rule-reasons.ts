import type { RuleError } from './ask';
import type { CompiledPolicies, CompiledRule } from './compile';
import type { Reason } from './reason';

/** Nothing permitted, and nothing forbade: the set is silent about the call. */
export const NO_RULE: Reason = {
  code: 'policy.no_rule',
  text: 'No rule allows this action for this agent as it stands, not even with approval or as a suggestion.',
  remedy: 'A rule of the policy would have to permit it.',
  source: { type: 'rule' },
};

/** The set could not be asked at all. */
export const SET_FAILED: Reason = {
  code: 'policy.not_decidable',
  text: 'The policy could not be evaluated for this action, so it is denied.',
  remedy: 'The facts of the call, or the policy, have to be corrected.',
  source: { type: 'error' },
};

export function ruleReason(rule: CompiledRule): Reason {
  return {
    code: rule.code,
    text: rule.reason,
    ...remedyOf(rule),
    source: { type: 'rule', id: rule.id },
  };
}

function remedyOf(rule: CompiledRule): { remedy?: string } {
  if (rule.remedy !== undefined) return { remedy: rule.remedy };
  if (rule.effect === 'permit') return {};
  return { remedy: 'The facts the rule looks at, or the rule itself, would have to change.' };
}

/** Belay does not let a call pass a rule by writing its value in a way the rule cannot see. */
const hiddenFact = ({ message }: RuleError): Reason => ({
  code: 'policy.fact_not_readable',
  text: message,
  remedy: 'Send the value as the rules of this workspace read it.',
  source: { type: 'error' },
});

/** A rule that failed; without a rule the question itself was refused. */
export function failureReason(compiled: CompiledPolicies, error: RuleError): Reason {
  if (error.hiddenFact === true) return hiddenFact(error);
  if (error.ruleId === undefined) return SET_FAILED;
  const permit = compiled.rules.get(error.ruleId)?.effect === 'permit';
  return {
    code: permit ? 'policy.permit_failed' : 'policy.forbid_failed',
    text: permit
      ? 'A rule that could allow this action failed while it was evaluated, so it does not count.'
      : 'A rule that could forbid this action failed while it was evaluated, so it counts as forbidding.',
    remedy: 'The rule has to be corrected: it reads a fact that this action does not have.',
    source: { type: 'error', id: error.ruleId },
  };
}
