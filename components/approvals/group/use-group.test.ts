import { describe, expect, it } from 'vitest';
import type { ApprovalDetail, GroupMember } from '@/lib/contracts';
import { waitingCall } from '../testing/calls';
import { shownGroup } from './use-group';

const KEY = { key: 'g3-1', size: 350 };
const member = (id: string, sessionId: string | null): GroupMember => ({
  ...waitingCall(id),
  group: KEY,
  sessionId,
  trustAtRequest: { score: 0.6, rung: 3 },
});
const detail = (changes: Partial<ApprovalDetail> = {}) =>
  ({ ...member('a', null), tool: { name: 'send_email' }, ...changes }) as ApprovalDetail;
const session = { id: 's-1', request: 'Send it', purpose: null, endUser: null };

describe('the calls that are read together', () => {
  it('are at most what one verdict decides, and say how many wait', () => {
    const members = Array.from({ length: 260 }, (_, n) => member(`m${n}`, null));
    const { calls, waiting } = shownGroup({ members, sessions: [] }, detail(), 0);
    expect(calls).toHaveLength(200);
    expect(waiting).toBe(350);
  });

  it('have the session each was made in', () => {
    const members = [member('a', 's-1'), member('b', null), member('c', 's-unannounced')];
    const { calls } = shownGroup({ members, sessions: [session] }, detail(), 0);
    expect(calls.map((call) => call.session?.request)).toEqual(['Send it', undefined, undefined]);
  });

  it('say why none of them would run', () => {
    const members = [member('a', null), member('b', null)];
    const mayApprove = { allowed: false, why: 'The policy changed.' };
    expect(shownGroup({ members, sessions: [] }, detail(), 0).wouldNotRun).toBeUndefined();
    expect(shownGroup({ members, sessions: [] }, detail({ mayApprove }), 0).wouldNotRun).toBe(
      'The policy changed.',
    );
  });
});
