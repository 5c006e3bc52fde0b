import type { ApprovalDetail, ReviewDetail } from '@/lib/contracts';

/** A sample in the shape that the parts of an open call read: it waits for nobody, and nobody gave a verdict before it ran. */
export function asApproval({ call, id, decidedAt }: ReviewDetail): ApprovalDetail {
  return {
    ...call,
    id,
    state: 'approved',
    requestedAt: decidedAt,
    expiresAt: decidedAt,
    claim: null,
    verdict: null,
    verdictsNeeded: 1,
    verdictsGiven: 0,
    verdicts: [],
    cancelReason: null,
    comments: [],
    earlierComments: null,
    openQuestion: null,
    effect: null,
    mayGrant: { allowed: false, mostUses: 0, mostMinutes: 0, fixed: [] },
    mayDecide: { allowed: false },
  };
}
