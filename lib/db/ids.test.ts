import { describe, expect, it } from 'vitest';
import { newId } from './ids';

describe('newId', () => {
  it('sorts by creation, also within one millisecond', () => {
    const ids = Array.from({ length: 5_000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries a given time and does not disturb the live order', () => {
    const before = newId();
    const past = newId(Date.UTC(2026, 0, 1));
    const after = newId();
    expect(Number.parseInt(past.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 1));
    expect(past < before && before < after).toBe(true);
  });
});
