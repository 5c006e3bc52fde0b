import { describe, expect, it } from 'vitest';
import type { DecisionStatus, LiveEvent } from '@/lib/contracts';
import type { Heard } from '../belay/watch';
import { waitForVerdict } from './wait';

const STATUS: DecisionStatus = {
  id: 'd-1',
  outcome: 'require_approval',
  state: 'pending',
  reasons: [],
};
const closed = (subjectId: string): LiveEvent => ({
  seq: 1,
  type: 'approval.closed',
  agentId: 'agent',
  subjectId,
  at: '2026-01-01T00:00:00.000Z',
});

describe('a call that waits', () => {
  it('asks where it stands when its own approval was closed, and not for those of others', async () => {
    const listeners = new Set<Heard>();
    const watch = {
      listen: (heard: Heard) => {
        listeners.add(heard);
        return () => listeners.delete(heard);
      },
    };
    const tell: Heard = (events) => [...listeners].forEach((heard) => heard(events));
    let state: DecisionStatus['state'] = 'pending';
    let asked = 0;
    const status = () => Promise.resolve({ ...STATUS, state, asked: (asked += 1) });
    const verdict = waitForVerdict(
      { api: { status }, watch },
      { decisionId: 'd-1', approvalId: 'a-1' },
      { ms: 60_000, signal: new AbortController().signal, onPause: () => undefined },
    );
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    for (let n = 2; n < 100; n += 1) {
      tell([closed(`a-${n}`)]);
      await settle();
    }
    expect(asked).toBe(1);
    state = 'rejected';
    tell([closed('a-1')]);
    expect((await verdict).status?.state).toBe('rejected');
    expect(asked).toBe(2);
  });
});
