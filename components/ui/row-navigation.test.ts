import { describe, expect, it } from 'vitest';
import { rowAfterKey } from './row-navigation';

describe('rowAfterKey', () => {
  it('moves by arrows and by j and k, and stops at both ends', () => {
    expect(rowAfterKey('ArrowDown', 0, 3)).toBe(1);
    expect(rowAfterKey('j', 2, 3)).toBe(2);
    expect(rowAfterKey('k', 0, 3)).toBe(0);
    expect(rowAfterKey('End', 0, 3)).toBe(2);
    expect(rowAfterKey('PageDown', 0, 100)).toBe(10);
  });

  it('leaves other keys, and empty tables, alone', () => {
    expect(rowAfterKey('a', 0, 3)).toBeUndefined();
    expect(rowAfterKey('ArrowDown', 0, 0)).toBeUndefined();
  });
});
