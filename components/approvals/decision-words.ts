import { stateWords } from '@/components/ui/decision-words';
import type { Decision } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';

const BY_OUTCOME: Readonly<Record<Decision['outcome'], string>> = texts({
  allow: 'Allowed',
  require_approval: 'Needed approval',
  suggest: 'Suggested only',
  deny: 'Denied',
});
/** How the execution that an agent reported went. */
const REPORTED: Readonly<Record<NonNullable<Decision['executionStatus']>, string>> = texts({
  succeeded: 'succeeded',
  failed: 'failed',
});

/** What became of a call: `Approved, succeeded`, `Rejected`, `Denied`. */
export function decisionWords(
  decision: Pick<Decision, 'state' | 'outcome' | 'executionStatus'>,
): string {
  const words = stateWords(decision) ?? BY_OUTCOME[decision.outcome];
  if (decision.executionStatus === null) return words;
  const settled = decision.state === 'approved' ? t('Approved') : words;
  return `${settled}, ${REPORTED[decision.executionStatus]}`;
}
