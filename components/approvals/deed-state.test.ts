import { describe, expect, it } from 'vitest';
import { ApiError } from '@/lib/client/api-error';
import { type Deed, mayStandOtherwise, stateAfterError } from './deed-state';

const approve: Deed = { type: 'approve', digest: 'd' };
const refusal = (status: number, detail: string) =>
  new ApiError(status, 'code', detail, 'req-1', undefined, undefined);
const by = (id: string, outcome: 'approved' | 'rejected' = 'approved') => ({
  state: outcome,
  verdict: { outcome, by: `person:${id}`, name: 'Dana Weiss', at: '2026-11-20T10:00:00.000Z' },
  verdicts: [],
  cancelReason: null,
});

const pending = (verdicts: { by: string; name: string; at: string }[] = []) => ({
  state: 'pending' as const,
  verdict: null,
  verdicts,
  cancelReason: null,
});

describe('the call is read again', () => {
  it.each([0, 409, 422, 500, 503])('after the answer %s', (status) => {
    expect(mayStandOtherwise(refusal(status, ''))).toBe(true);
  });

  it.each([400, 401, 403, 404, 429])(
    'not after the answer %s, which is about who asks',
    (status) => {
      expect(mayStandOtherwise(refusal(status, ''))).toBe(false);
    },
  );

  it('not after a fault of this page', () => {
    expect(mayStandOtherwise(new TypeError('x is undefined'))).toBe(false);
  });
});

describe('a verdict the server did not confirm', () => {
  it('tells the loser of a race who was first, and offers no second try', () => {
    expect(stateAfterError(refusal(409, 'taken'), approve, by('other'), 'me')).toMatchObject({
      kind: 'failed',
      text: 'Dana Weiss approved this first. Your approval was not recorded.',
      retry: false,
      requestId: 'req-1',
    });
  });

  it('counts as done when the own verdict stands and only its answer was lost', () => {
    expect(stateAfterError(refusal(0, 'no answer'), approve, by('me'), 'me').kind).toBe('done');
    expect(stateAfterError(refusal(409, 'taken'), approve, by('me'), 'me').kind).toBe('done');
  });

  it('does not count a rejection of ones own as the approval one wanted now', () => {
    expect(stateAfterError(refusal(409, ''), approve, by('me', 'rejected'), 'me').kind).toBe(
      'failed',
    );
  });

  it('gives the reason of the server when the call still waits', () => {
    const waiting = pending();
    expect(
      stateAfterError(refusal(409, 'Agent crm is halted.'), approve, waiting, 'me'),
    ).toMatchObject({ text: 'Agent crm is halted. Your approval was not recorded.', retry: false });
  });

  it('can be tried again when the server failed or did not answer', () => {
    expect(stateAfterError(refusal(503, 'busy'), approve, null, 'me')).toMatchObject({
      retry: true,
    });
  });

  it.each([0, 500, 502])(
    'never says that nothing was recorded when nobody knows: answer %s and no approval',
    (status) => {
      const unknown = stateAfterError(refusal(status, 'Hm.'), approve, null, 'me');
      expect(unknown).toMatchObject({
        retry: true,
        text: 'Hm. Whether your verdict was recorded is not known. Trying again decides nothing twice.',
      });
    },
  );

  it('counts as done when the server failed after it was recorded, also as the first of two', () => {
    expect(stateAfterError(refusal(500, 'failed'), approve, by('me'), 'me').kind).toBe('done');
    const first = { by: 'person:me', name: 'Me', at: '2026-11-20T10:00:00.000Z' };
    expect(stateAfterError(refusal(500, 'failed'), approve, pending([first]), 'me').kind).toBe(
      'done',
    );
    expect(stateAfterError(refusal(500, 'failed'), approve, pending(), 'me')).toMatchObject({
      text: 'failed Your approval was not recorded.',
    });
  });
});
