import { describe, expect, it } from 'vitest';
import { countdownText, durationText, relativeText } from './time-text';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('relativeText', () => {
  it('says how long ago, or how long until, with the unit', () => {
    expect(relativeText(NOW - 45_000, NOW)).toBe('45 s ago');
    expect(relativeText(NOW - 3 * 60_000, NOW)).toBe('3 min ago');
    expect(relativeText(NOW + 2 * 3_600_000, NOW)).toBe('in 2 h');
    expect(relativeText(NOW - 1_000, NOW)).toBe('just now');
  });
});

describe('countdownText', () => {
  it('counts minutes and seconds, and never below zero', () => {
    expect(countdownText(245)).toBe('4:05');
    expect(countdownText(7_800)).toBe('2 h 10 min');
    expect(countdownText(-3)).toBe('0:00');
  });
});

describe('durationText', () => {
  it('takes the largest whole unit', () => {
    expect([59, 60, 86_399, 86_400 * 3].map(durationText)).toEqual([
      '59 s',
      '1 min',
      '23 h',
      '3 d',
    ]);
  });
});
