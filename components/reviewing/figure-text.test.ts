import { describe, expect, it } from 'vitest';
import { medianText, secondsText, shareText } from './figure-text';

describe('figures in words', () => {
  it.each([
    [0.4, '0 s'],
    [14, '14 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3_780, '1 h 3 min'],
  ])('%d seconds read "%s"', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });

  it('show no share where there are too few, and say how many are needed', () => {
    expect(shareText({ count: 2, of: 3, minimum: 5, share: null })).toEqual({
      value: 'too few',
      counts: '3 so far, 5 needed',
    });
    expect(shareText({ count: 4, of: 5, minimum: 5, share: 0.8 })).toEqual({
      value: '80 %',
      counts: '4 of 5',
    });
    expect(medianText({ seconds: null, of: 0, minimum: 10 }).value).toBe('too few');
    expect(medianText({ seconds: 9, of: 12, minimum: 10 })).toEqual({
      value: '9 s',
      counts: '12 verdicts',
    });
  });
});
