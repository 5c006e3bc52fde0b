/** Why an outside decision point gave no answer. Each is a deny, in these words. */
import type { BaseDecision } from './base-policy';

export type BaseFailure =
  'timeout' | 'unreachable' | 'refused' | 'unreadable' | 'circuit_open' | 'no_token' | 'stale';

const SENTENCES: Readonly<Record<BaseFailure, string>> = {
  timeout: 'Your own decision point did not answer in time, so the action is denied.',
  unreachable: 'Your own decision point cannot be reached, so the action is denied.',
  refused: 'Your own decision point refused the question, so the action is denied.',
  unreadable:
    'Your own decision point answered something that is not a decision, so the action is denied.',
  circuit_open:
    'Your own decision point failed several times in a row and is not asked for a few seconds, so the action is denied.',
  no_token:
    'The token for your own decision point cannot be opened with the secret of this installation, so the action is denied.',
  stale:
    'Your own decision point was changed while this action was being decided, so the action is denied.',
};

const REMEDIES: Readonly<Partial<Record<BaseFailure, string>>> = {
  refused: 'Somebody looks at its address, its token and its log.',
  unreadable: 'Somebody looks at what the policy of that path answers.',
  no_token: 'An admin enters the token again.',
  stale: 'The agent asks again.',
};

export function failedBase(failure: BaseFailure): BaseDecision {
  return {
    outcome: 'deny',
    reasons: [
      {
        code: `base_policy.${failure}`,
        text: SENTENCES[failure],
        remedy: REMEDIES[failure] ?? 'The agent asks again once it answers.',
        source: { type: 'error', id: `base_policy.${failure}` },
      },
    ],
  };
}
