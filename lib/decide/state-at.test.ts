import { describe, expect, it } from 'vitest';
import { stateAt } from './state-at';

const END = new Date('2026-11-20T12:30:00.000Z');
const before = new Date(END.getTime() - 1);
const after = new Date(END.getTime() + 1);

describe('the state of something that waits for a person', () => {
  it('is expired from the very millisecond its time ends', () => {
    expect(stateAt('pending', END, before)).toBe('pending');
    expect(stateAt('pending', END, END)).toBe('expired');
    expect(stateAt('pending', END, after)).toBe('expired');
  });

  it('stays what it became, however late somebody looks', () => {
    for (const state of ['approved', 'rejected', 'cancelled', 'redeemed', 'final'] as const)
      expect(stateAt(state, END, after)).toBe(state);
  });

  it('waits on where there is no end', () => {
    expect(stateAt('pending', null, after)).toBe('pending');
  });
});
