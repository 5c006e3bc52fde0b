import { stateWords } from '@/components/ui/decision-words';
import type { Decision } from '@/lib/contracts';

const BY_OUTCOME: Readonly<Record<Decision['outcome'], string>> = {
  allow: 'Allowed',
  require_approval: 'Needed approval',
  suggest: 'Suggested only',
  deny: 'Denied',
};

/** What became of a call: `Approved, succeeded`, `Rejected`, `Denied`. */
export function decisionWords(
  decision: Pick<Decision, 'state' | 'outcome' | 'executionStatus'>,
): string {
  const words = stateWords(decision) ?? BY_OUTCOME[decision.outcome];
  if (decision.executionStatus === null) return words;
  return `${words.replace(', not yet used', '')}, ${decision.executionStatus}`;
}
