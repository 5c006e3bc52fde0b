/** Calls and answers for the tests of the queue. */
import type { Approval, QueueChanges } from '@/lib/contracts';

const layer = { score: 0.5, coverage: 1, freshAt: null, alarm: false };
/** A call that waits, unless a state is given. */
export function waitingCall(id: string, state: Approval['state'] = 'pending'): Approval {
  return {
    id,
    state,
    digest: 'd',
    decisionId: `dec-${id}`,
    agent: {
      id: 'a1',
      name: 'Agent',
      owner: 'Owner',
      trust: {
        score: 0.6,
        rung: 3,
        layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
      },
    },
    action: { name: 'send_email', properties: { arguments: {} } },
    resource: { type: 'mailbox', id: 'sent' },
    reasons: [],
    risk: 'medium',
    sessionId: null,
    requestedAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-20T11:00:00.000Z',
    claim: null,
    verdict: null,
    verdictsNeeded: 1,
    verdictsGiven: 0,
    verdicts: [],
    cancelReason: null,
  };
}

/** Calls that wait. */
export const listOfCalls = (...ids: string[]) => ids.map((id) => waitingCall(id));
/** An answer that says nothing but what is given. */
export const changesWith = (values: Partial<QueueChanges>): QueueChanges => ({
  changed: [],
  listed: [],
  heads: [],
  left: { ids: [], groups: [], after: null },
  members: [],
  sessions: [],
  counts: { pending: 0, oldestAt: null },
  ...values,
});
