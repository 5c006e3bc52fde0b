import type { Decision } from '@/lib/contracts';
import { t } from '@/lib/client/language';

const AFTER_APPROVAL: Partial<Record<Decision['state'], string>> = {
  get pending() {
    return t('Waits for a person');
  },
  get approved() {
    return t('Approved, not yet used');
  },
  get rejected() {
    return t('Rejected');
  },
  get expired() {
    return t('Expired undecided');
  },
  get cancelled() {
    return t('Cancelled');
  },
  get redeemed() {
    return t('Approved');
  },
};

/** Where a call that needed a person stands now; nothing for calls that were answered at once. */
export function stateWords(decision: Pick<Decision, 'outcome' | 'state'>): string | undefined {
  return decision.outcome === 'require_approval' ? AFTER_APPROVAL[decision.state] : undefined;
}
