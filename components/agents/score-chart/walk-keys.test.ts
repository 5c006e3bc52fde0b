import { describe, expect, it } from 'vitest';
import { indexAfterKey } from './walk-keys';

describe('walking the points by keyboard', () => {
  it('moves one point, ten with Shift, and stops at the ends', () => {
    expect(indexAfterKey('ArrowRight', false, 3, 20)).toBe(4);
    expect(indexAfterKey('ArrowLeft', true, 15, 20)).toBe(5);
    expect(indexAfterKey('ArrowLeft', false, 0, 20)).toBe(0);
    expect(indexAfterKey('End', false, 0, 20)).toBe(19);
    expect(indexAfterKey('PageUp', false, 15, 20)).toBe(19);
  });
  it('leaves other keys and an empty chart alone', () => {
    expect(indexAfterKey('a', false, 3, 20)).toBeUndefined();
    expect(indexAfterKey('End', false, 0, 0)).toBeUndefined();
  });
});
