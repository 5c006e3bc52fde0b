import { describe, expect, it } from 'vitest';
import { stepErrorRate } from './error-rate';

/** Reports calls, `1` for a failed one. @returns what was told, with the number of the call it was told at */
function report(calls: string) {
  const told: { at: number; failed: number; calls: number }[] = [];
  let recent = '';
  [...calls].forEach((call, index) => {
    const step = stepErrorRate(recent, call === '1');
    recent = step.recent;
    if (step.over !== null) told.push({ at: index + 1, ...step.over });
  });
  return { told, recent };
}

describe('the share of failed calls', () => {
  it('is not told below twenty calls, however many failed', () => {
    expect(report('1'.repeat(19)).told).toEqual([]);
    expect(report('1'.repeat(20)).told).toEqual([{ at: 20, failed: 20, calls: 20 }]);
  });

  it('is told above 15 %, and not at 15 %', () => {
    expect(report(`${'0'.repeat(17)}111`).told).toEqual([]);
    expect(report(`${'0'.repeat(17)}1111`).told).toEqual([{ at: 21, failed: 4, calls: 21 }]);
  });

  it('looks at the last hundred calls alone', () => {
    expect(report(`${'0'.repeat(300)}${'1'.repeat(15)}`).told).toEqual([]);
    expect(report(`${'0'.repeat(300)}${'1'.repeat(16)}`).told).toHaveLength(1);
  });

  it('is counted anew after it was told, and remembers a bounded number of calls', () => {
    expect(report('1'.repeat(39)).told).toHaveLength(1);
    expect(report('1'.repeat(40)).told).toHaveLength(2);
    expect(report('0'.repeat(5_000)).recent).toHaveLength(100);
  });
});
