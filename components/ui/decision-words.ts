import type { Decision } from '@/lib/contracts';

const AFTER_APPROVAL: Partial<Record<Decision['state'], string>> = {
  pending: 'Waits for a person',
  approved: 'Approved, not yet used',
  rejected: 'Rejected',
  expired: 'Expired undecided',
  cancelled: 'Cancelled',
  redeemed: 'Approved',
};

/** Where a call that needed a person stands now; nothing for calls that were answered at once. */
export function stateWords(decision: Pick<Decision, 'outcome' | 'state'>): string | undefined {
  return decision.outcome === 'require_approval' ? AFTER_APPROVAL[decision.state] : undefined;
}
