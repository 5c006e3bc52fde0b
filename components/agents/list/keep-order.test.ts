import { describe, expect, it } from 'vitest';
import { keepOrder } from './keep-order';

const same = (key: string) => key;

describe('keepOrder', () => {
  it('leaves rows where they were and appends new ones in their own order', () => {
    expect(keepOrder(['a', 'b', 'c'], ['d', 'c', 'a', 'e', 'b'], same)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });
  it('closes the hole of a row that is gone', () => {
    expect(keepOrder(['a', 'b', 'c'], ['c', 'a'], same)).toEqual(['a', 'c']);
  });
});
