/**
 * What tells calls apart that one verdict is given on (docs/decisions/0034-groups-of-like-requests.md). Whoever approves a group reads
 * its sheet and not the page of each call: so whatever that page says of a call is the same in all of its group, or stands in its line.
 */
import type { ApprovalDetail } from './approvals';

/**
 * - `same`: the group key keeps it the same, or it is about the agent and the tool, which are.
 * - `line`: it may differ, and the sheet shows it where it does.
 * - `own`: every call has one of its own, and it says nothing of what the call does: its ids, its digest, its times.
 * - `around`: what else is known, and what the reader may do: it is read on the page of the call.
 */
type Told = 'same' | 'line' | 'own' | 'around';

export const TELLS_APART = {
  id: 'own',
  state: 'same',
  digest: 'own',
  decisionId: 'own',
  agent: 'same',
  action: 'line',
  resource: 'line',
  reasons: 'line',
  risk: 'same',
  byItself: 'same',
  sessionId: 'own',
  requestedAt: 'own',
  expiresAt: 'own',
  claim: 'line',
  closedAt: 'same',
  verdict: 'same',
  verdictsNeeded: 'line',
  verdictsGiven: 'line',
  verdicts: 'line',
  cancelReason: 'same',
  group: 'same',
  assignment: 'line',
  question: 'line',
  escalatedAt: 'line',
  snoozedUntil: 'around',
  session: 'line',
  tool: 'same',
  provenance: 'same',
  sources: 'same',
  trustAtRequest: 'line',
  lastOfKind: 'around',
  sinceSimilar: 'around',
  timeline: 'around',
  comments: 'around',
  earlierComments: 'around',
  openQuestion: 'around',
  effect: 'same',
  use: 'same',
  canary: 'same',
  grantRequest: 'around',
  mayGrant: 'around',
  mayDecide: 'around',
  mayApprove: 'around',
} as const satisfies Record<keyof ApprovalDetail, Told>;

/** What the sheet of a group has to show per call, where it is not the same in all. */
export type ShownPerLine = {
  [Field in keyof typeof TELLS_APART]: (typeof TELLS_APART)[Field] extends 'line' ? Field : never;
}[keyof typeof TELLS_APART];
