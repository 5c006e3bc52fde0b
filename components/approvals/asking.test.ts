import { describe, expect, it } from 'vitest';
import { letsRun, mayAsk, questionOf } from './asking';

const waiting = {
  state: 'pending' as const,
  expiresAt: '2026-11-20T11:00:00.000Z',
  mayDecide: { allowed: true },
};
const before = Date.parse('2026-11-20T10:59:59.000Z');

describe('a question to the reviewer', () => {
  it('is put while the call waits and there is time left', () => {
    expect(mayAsk('approve', waiting, true, before)).toBe(true);
    expect(mayAsk('reject', waiting, false, before)).toBe(true);
  });

  it('is not put before the call is loaded, so that no verdict is given unread', () => {
    expect(mayAsk('approve', undefined, true, before)).toBe(false);
  });

  it('is not put about a call that is closed or out of time', () => {
    expect(mayAsk('approve', { ...waiting, state: 'rejected' }, true, before)).toBe(false);
    expect(mayAsk('approve', waiting, true, Date.parse(waiting.expiresAt))).toBe(false);
  });

  it('asks people who may not decide for no verdict, but lets those comment who may', () => {
    const reader = { ...waiting, mayDecide: { allowed: false, why: 'You own this agent.' } };
    expect(mayAsk('approve', reader, true, before)).toBe(false);
    expect(mayAsk('reject', reader, true, before)).toBe(false);
    expect(mayAsk('comment', reader, true, before)).toBe(true);
    expect(mayAsk('comment', reader, false, before)).toBe(false);
  });

  it('lets a call be rejected that somebody else has claimed, and nothing else', () => {
    const held = { ...waiting, mayDecide: { allowed: false, rejectOnly: true as const } };
    expect(mayAsk('reject', held, true, before)).toBe(true);
    expect(mayAsk('approve', held, true, before)).toBe(false);
    expect(mayAsk('edit', held, true, before)).toBe(false);
  });

  it('of letting it run is not put where that would come to nothing', () => {
    const doomed = { ...waiting, mayApprove: { allowed: false, why: 'The policy changed.' } };
    for (const asking of ['approve', 'grantUses', 'grantTime'] as const)
      expect(mayAsk(asking, doomed, true, before)).toBe(false);
    expect(mayAsk('reject', doomed, true, before)).toBe(true);
    expect(mayAsk('edit', doomed, true, before)).toBe(true);
  });
});

describe('a deed', () => {
  it('lets the call run as it was sent only as an approval without edits', () => {
    const approve = { type: 'approve', digest: 'd' } as const;
    expect(letsRun(questionOf(approve))).toBe(true);
    expect(letsRun(questionOf({ ...approve, edits: { amount: 4 } }))).toBe(false);
    expect(letsRun(questionOf({ type: 'reject', reason: 'other' }))).toBe(false);
    expect(letsRun(questionOf({ type: 'claim' }))).toBe(false);
    expect(letsRun(questionOf({ type: 'comment', body: 'x', key: 'k' }))).toBe(false);
  });

  it('with other arguments is done where the call as it was sent would not run', () => {
    const doomed = { ...waiting, mayApprove: { allowed: false, why: 'The policy changed.' } };
    const edited = questionOf({ type: 'approve', digest: 'd', edits: { amount: 4 } });
    expect(mayAsk(edited, doomed, true, before)).toBe(true);
  });
});
