import { describe, expect, it } from 'vitest';
import type { Approval } from '@/lib/contracts';
import { resultsOf } from './lost-answer';

const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, '0')}.000Z`;
type Read = Approval & { readonly isCanary?: boolean };
const approval = (id: string, changes: Partial<Read>) =>
  [id, { id, state: 'pending', verdict: null, verdicts: [], cancelReason: null, ...changes }] as [
    string,
    Read,
  ];
const verdict = (by: string, outcome: 'approved' | 'rejected', second: number) => ({
  state: outcome,
  verdict: { outcome, by: `person:${by}`, name: by, at: at(second), undoUntil: at(second + 10) },
});

const current = new Map([
  approval('mine', verdict('me', 'approved', 1)),
  approval('later', verdict('me', 'approved', 3)),
  approval('theirs', verdict('Dana', 'rejected', 2)),
  approval('waits', {}),
  approval('canary', { state: 'cancelled', cancelReason: 'A canary', isCanary: true }),
  approval('stopped', { state: 'cancelled', cancelReason: 'Stop' }),
  approval('first', { verdicts: [{ by: 'person:me', name: 'me', at: at(2) }] }),
]);

describe('several verdicts whose answer was lost', () => {
  const { at: answered, results } = resultsOf(
    ['mine', 'later', 'theirs', 'waits', 'first', 'canary', 'stopped', 'gone'],
    'approve',
    'me',
    current,
    4_000,
  );

  it('are what the approvals say', () => {
    expect(results.map(({ outcome, text }) => text ?? outcome)).toEqual([
      'approved',
      'approved',
      'Dana rejected this first. Your approval was not recorded.',
      'Your approval was not recorded.',
      'waiting',
      'canary',
      'This call was cancelled (Stop). Your approval was not recorded.',
      'It could not be found again.',
    ]);
  });

  it('can be undone for what is left of the window since they were sent', () => {
    expect(results[0]?.undoUntil).toBe(at(11));
    expect(answered).toBe(at(5));
  });
});
