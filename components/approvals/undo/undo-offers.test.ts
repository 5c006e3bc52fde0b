import { describe, expect, it } from 'vitest';
import type { ApprovalDetail, BulkVerdict } from '@/lib/contracts';
import { ApiError, noAnswer } from '@/lib/client/api-error';
import { afterUndo } from './after-undo';
import { wasTakenBack } from './take-back';
import {
  NO_OFFERS,
  groupOfferOf,
  offerOf,
  secondsLeft,
  withHeard,
  withOffer,
  withTimePassed,
} from './undo-offers';

const detail = (verdict: unknown) =>
  ({
    id: 'a',
    action: { name: 'crm.update' },
    resource: { type: 'customer', id: 'c-1' },
    verdict,
  }) as unknown as ApprovalDetail;

describe('what can be undone', () => {
  it('lasts as long as the server says, whatever the clock of the browser', () => {
    const at = '2026-11-21T10:00:00.000Z';
    const given = { outcome: 'approved', at, undoUntil: '2026-11-21T10:00:10.000Z' };
    const offer = offerOf(detail(given), 5_000);
    expect(offer).toMatchObject({ ids: ['a'], outcome: 'approved', tool: 'crm.update' });
    expect(offer?.until).toBeGreaterThan(14_000);
    expect(offer?.until).toBeLessThanOrEqual(15_000);
  });

  it('is shorter by the time since the verdict was sent, when its answer was lost', () => {
    const at = '2026-11-21T10:00:00.000Z';
    const given = { outcome: 'approved', at, undoUntil: '2026-11-21T10:00:10.000Z' };
    expect(offerOf(detail(given), 5_000, 4_000)?.until).toBeLessThanOrEqual(11_000);
  });

  it('is nothing once a verdict counts, or while there is none', () => {
    expect(offerOf(detail(null), 0)).toBeNull();
    expect(offerOf(detail({ outcome: 'approved', at: '2026-11-21T10:00:00Z' }), 0)).toBeNull();
  });

  it('ends by itself, and says how many seconds are left until then', () => {
    const offer = offerOf(
      detail({
        outcome: 'rejected',
        at: '2026-11-21T10:00:00Z',
        undoUntil: '2026-11-21T10:00:03Z',
      }),
      0,
    );
    if (offer === null) throw new Error('an offer was expected');
    expect(secondsLeft(offer, 0)).toBe(2);
    expect(secondsLeft(offer, 2_500)).toBe(1);
    const offers = withOffer(NO_OFFERS, offer);
    expect(withTimePassed(offers, 2_500)).toBe(offers);
    expect(withTimePassed(offers, 3_000)).toEqual({ live: [], ended: { offer, used: false } });
  });

  it('is over for several at once with the first of them, and leaves out what was refused', () => {
    const answer: BulkVerdict = {
      at: '2026-11-21T10:00:02.000Z',
      results: [
        { id: 'a', outcome: 'approved', undoUntil: '2026-11-21T10:00:10.000Z' },
        { id: 'b', outcome: 'refused', code: 'claimed', text: '' },
        { id: 'c', outcome: 'approved', undoUntil: '2026-11-21T10:00:12.000Z' },
      ],
    };
    const offer = groupOfferOf([detail(null)], answer, 1_000);
    expect(offer?.ids).toEqual(['a', 'c']);
    expect(offer?.until).toBeGreaterThan(8_000);
    expect(offer?.until).toBeLessThanOrEqual(9_000);
  });
});

describe('a verdict that counts before its time', () => {
  const offer = { ids: ['a'], outcome: 'approved', tool: 't', resource: 'r', until: 9 } as const;
  const offers = withOffer(NO_OFFERS, offer);
  const given = {
    outcome: 'approved',
    by: 'person:p',
    name: 'P',
    at: '2026-11-21T10:00:00Z',
  } as const;

  it('is offered no longer, and it is said that the agent has used it', () => {
    const after = withHeard(offers, [{ id: 'a', verdict: given }]);
    expect(after).toEqual({ live: [], ended: { offer, used: true } });
  });

  it('is one that the server names as counting, and no other', () => {
    const undoUntil = '2026-11-21T10:00:10Z';
    expect(withHeard(offers, [{ id: 'a', verdict: { ...given, undoUntil } }])).toBe(offers);
    expect(withHeard(offers, [{ id: 'b', verdict: given }])).toBe(offers);
    expect(withHeard(offers, [{ id: 'a', verdict: null }])).toBe(offers);
  });

  it('leaves the others of its group to be taken back', () => {
    const group = withOffer(NO_OFFERS, { ...offer, ids: ['a', 'b'] });
    const { live, ended } = withHeard(group, [{ id: 'a', verdict: given }]);
    expect(live.map(({ ids }) => ids)).toEqual([['b']]);
    expect(ended).toBeNull();
  });

  it('is said no longer once another verdict is given', () => {
    const after = withHeard(offers, [{ id: 'a', verdict: given }]);
    const next = { ...offer, ids: ['b'] };
    expect(withOffer(after, next)).toEqual({ live: [next], ended: null });
  });
});

describe('after an attempt to undo', () => {
  const offer = {
    ids: ['a', 'b', 'c'],
    outcome: 'approved',
    tool: 't',
    resource: 'r',
    until: 9,
  } as const;
  const used = new ApiError(
    409,
    'already_redeemed',
    'It was used.',
    undefined,
    undefined,
    undefined,
  );

  it('nothing is left and nothing to say when all wait again', () => {
    expect(afterUndo(offer, [{ id: 'a' }, { id: 'b' }, { id: 'c' }])).toEqual({
      left: null,
      back: ['a', 'b', 'c'],
      failure: null,
    });
  });

  it('one that was used keeps no other from it, and both numbers are said', () => {
    const after = afterUndo(offer, [{ id: 'a', error: used }, { id: 'b' }, { id: 'c' }]);
    expect(after).toMatchObject({ left: null, back: ['b', 'c'] });
    expect(after.failure).toBe('2 taken back, 1 not. The agent has used this approval already.');
  });

  it('what got no answer can be tried again', () => {
    const after = afterUndo(offer, [
      { id: 'a' },
      { id: 'b', error: noAnswer() },
      { id: 'c', error: used },
    ]);
    expect(after.left?.ids).toEqual(['b']);
    expect(after.failure).toContain('1 taken back, 2 not.');
    expect(after.failure).toContain('The server did not answer.');
  });

  it('a call without a verdict of their own was taken back, by whichever attempt', () => {
    const open = { state: 'pending' as const, verdict: null, verdicts: [] };
    const by = (person: string) => ({ by: `person:${person}`, name: person, at: '' });
    expect(wasTakenBack(open, 'me')).toBe(true);
    expect(wasTakenBack({ ...open, state: 'cancelled' }, 'me')).toBe(true);
    expect(wasTakenBack({ ...open, verdicts: [by('dana')] }, 'me')).toBe(true);
    expect(wasTakenBack({ ...open, verdicts: [by('me')] }, 'me')).toBe(false);
    expect(wasTakenBack({ ...open, state: 'expired' }, 'me')).toBe(false);
    const verdict = { outcome: 'approved', ...by('me') } as const;
    expect(wasTakenBack({ ...open, state: 'approved', verdict }, 'me')).toBe(false);
  });

  it('a single one says why', () => {
    const { left, failure } = afterUndo({ ...offer, ids: ['a'] }, [{ id: 'a', error: used }]);
    expect(left).toBeNull();
    expect(failure).toBe('Not taken back. The agent has used this approval already.');
  });

  it('says in the words of the server what it has no words for', () => {
    const error = new ApiError(
      403,
      'not_your_verdict',
      'Ann gave it.',
      undefined,
      undefined,
      undefined,
    );
    expect(afterUndo({ ...offer, ids: ['a'] }, [{ id: 'a', error }]).failure).toBe(
      'Not taken back. Ann gave it.',
    );
  });
});
