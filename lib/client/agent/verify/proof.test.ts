import { describe, expect, it } from 'vitest';
import { SeenInMemory } from './proof.js';

describe('what is remembered of proofs', () => {
  it('has room for other callers when one of them shows too many', () => {
    let now = 0;
    const seen = new SeenInMemory(8, () => now);
    expect(seen.note('a 1', 10)).toBe(true);
    expect(seen.note('a 2', 10)).toBe(true);
    expect(() => seen.note('a 3', 10)).toThrow('too_many_proofs');
    expect(seen.note('a 1', 10)).toBe(false);
    expect(seen.note('b 1', 10)).toBe(true);
    now = 11;
    expect(seen.note('a 3', 20)).toBe(true);
    expect(seen.note('a 1', 20)).toBe(true);
    expect(() => seen.note('a 4', 20)).toThrow('too_many_proofs');
  });
});
