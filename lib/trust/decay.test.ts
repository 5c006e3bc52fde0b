import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remaining, remainingAfter } from './decay';

describe('remaining', () => {
  it('is exact for whole half-lives', () => {
    for (let n = 0; n <= 1074; n += 1) expect(remaining(n)).toBe(2 ** -n);
    expect(remaining(5000)).toBe(0);
  });

  it('agrees with the runtime to the last few bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (x) => {
        expect(Math.abs(remaining(x) / 2 ** -x - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it('never grows when time runs backwards', () => {
    expect(remaining(-3)).toBe(1);
    expect(remainingAfter(-1000, 60)).toBe(1);
  });

  it('gives these very bits on every runtime', () => {
    expect([remaining(0.5), remaining(1 / 3), remaining(7.9)]).toMatchInlineSnapshot(`
      [
        0.7071067811865476,
        0.7937005259840998,
        0.004186615088032394,
      ]
    `);
  });
});
