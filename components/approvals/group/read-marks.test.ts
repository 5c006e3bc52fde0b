import { describe, expect, it } from 'vitest';
import { placesOf } from './read-marks';

describe('the marks of a value', () => {
  it('stand at the start and the end of a short one', () => {
    expect(placesOf('')).toEqual([0, 1]);
    expect(placesOf('A-7731')).toEqual([0, 1]);
    expect(placesOf('x'.repeat(300))).toEqual([0, 1]);
  });

  it('stand at most 300 characters apart in a long one', () => {
    expect(placesOf('x'.repeat(301))).toEqual([0, 0.5, 1]);
    expect(placesOf('word '.repeat(1_500))).toHaveLength(26);
  });

  it('stand closer where characters that nobody can see are shown by their names', () => {
    expect(placesOf('\u200bx'.repeat(100)).length).toBeGreaterThan(5);
    expect(placesOf('yx'.repeat(100))).toHaveLength(2);
  });
});
