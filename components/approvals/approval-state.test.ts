import { describe, expect, it } from 'vitest';
import { endingOf, lostRaceText, needsDeliberateConfirm } from './approval-state';

const verdict = {
  outcome: 'approved' as const,
  by: 'p1',
  name: 'Dana Weiss',
  at: '2026-11-20T10:00:00.000Z',
};

describe('the second press', () => {
  const mild = { risk: 'low' as const, tool: { reversible: true, known: true } };

  it('is ordinary only for low and medium risk of a known, reversible tool', () => {
    expect(needsDeliberateConfirm(mild)).toBe(false);
    expect(needsDeliberateConfirm({ ...mild, risk: 'medium' })).toBe(false);
    expect(needsDeliberateConfirm({ ...mild, risk: 'high' })).toBe(true);
    expect(needsDeliberateConfirm({ ...mild, risk: 'critical' })).toBe(true);
    expect(needsDeliberateConfirm({ ...mild, tool: { reversible: false, known: true } })).toBe(
      true,
    );
    expect(needsDeliberateConfirm({ ...mild, tool: { reversible: true, known: false } })).toBe(
      true,
    );
  });
});

describe('how an approval ended', () => {
  it('says nothing while it waits', () => {
    expect(endingOf({ state: 'pending', verdict: null, cancelReason: null })).toBeNull();
  });

  it('never presents an expiry as a verdict', () => {
    const ending = endingOf({ state: 'expired', verdict: null, cancelReason: null });
    expect(ending).toMatchObject({ word: 'Expired', by: null });
    expect(ending?.why).toContain('not a verdict');
  });

  it('names who rejected', () => {
    expect(
      endingOf({
        state: 'rejected',
        verdict: { ...verdict, outcome: 'rejected', reason: 'injection' },
        cancelReason: null,
      }),
    ).toEqual({ word: 'Rejected', by: 'Dana Weiss', why: null });
  });
});

describe('a lost race', () => {
  it('says who was first and that the own verdict does not count', () => {
    expect(lostRaceText({ state: 'approved', verdict, cancelReason: null }, 'reject')).toBe(
      'Dana Weiss approved this first. Your rejection was not recorded.',
    );
  });

  it('tells expiry and cancellation apart', () => {
    const open = { verdict: null, cancelReason: null };
    expect(lostRaceText({ ...open, state: 'expired' }, 'approve')).toContain('time ran out');
    expect(
      lostRaceText({ ...open, state: 'cancelled', cancelReason: 'agent halted' }, 'approve'),
    ).toContain('cancelled (agent halted)');
  });
});
