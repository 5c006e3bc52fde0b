import { describe, expect, it } from 'vitest';
import { dimensionText, measuredText } from './checks-text';

describe('checks in words', () => {
  it('says how many passed, and that none ran instead of a zero', () => {
    const at = '2026-11-20T12:00:00.000Z';
    expect(dimensionText({ dimension: 'safety', score: 0.95, passed: 19, total: 20, at })).toBe(
      '0.95, 19 of 20 checks passed',
    );
    expect(dimensionText({ dimension: 'safety', score: null, passed: 0, total: 0, at: null })).toBe(
      'no checks in 30 days',
    );
  });

  it('says of a commitment what was promised and what was measured', () => {
    const commitment = {
      name: 'Right answers',
      measure: 'accuracy',
      atLeast: 0.95,
      atMost: null,
      overDays: 30,
      state: 'broken',
      value: 0.94,
      observations: 100,
      since: null,
    } as const;
    expect(measuredText(commitment)).toBe('accuracy at least 0.95 over 30 days: 0.940');
    expect(measuredText({ ...commitment, value: null })).toContain('nothing measured it yet');
  });
});
