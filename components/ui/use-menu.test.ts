import { describe, expect, it } from 'vitest';
import { itemAfterKey } from './use-menu';

const labels = ['Light', 'Dark', 'Change password', 'Sign out'];

describe('itemAfterKey', () => {
  it('goes round with the arrows', () => {
    expect(itemAfterKey('ArrowDown', 3, labels)).toBe(0);
    expect(itemAfterKey('ArrowUp', 0, labels)).toBe(3);
    expect(itemAfterKey('ArrowUp', -1, labels)).toBe(3);
  });

  it('finds the next item that begins with a letter', () => {
    expect(itemAfterKey('s', 0, labels)).toBe(3);
    expect(itemAfterKey('x', 0, labels)).toBeUndefined();
  });

  it('leaves Tab and Enter to the browser', () => {
    expect(itemAfterKey('Tab', 0, labels)).toBeUndefined();
    expect(itemAfterKey('Enter', 0, labels)).toBeUndefined();
  });
});
