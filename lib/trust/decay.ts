/**
 * Exponential forgetting with nothing but IEEE 754 addition and multiplication, which ECMAScript fixes to the last
 * bit. `Math.exp` and `Math.pow` are left to the implementation, so a replay on next year's runtime could differ.
 */

const POWERS = Array.from({ length: 1075 }, (_, n) => 2 ** -n);
const LN2 = 0.6931471805599453;

/** e^x by its Taylor series in Horner's form; for |x| <= ln2/2 the first omitted term is below 2e-16. */
function exponential(x: number): number {
  let sum = 1 / 479001600;
  sum = sum * x + 1 / 39916800;
  sum = sum * x + 1 / 3628800;
  sum = sum * x + 1 / 362880;
  sum = sum * x + 1 / 40320;
  sum = sum * x + 1 / 5040;
  sum = sum * x + 1 / 720;
  sum = sum * x + 1 / 120;
  sum = sum * x + 1 / 24;
  sum = sum * x + 1 / 6;
  sum = sum * x + 1 / 2;
  return (sum * x + 1) * x + 1;
}

/**
 * What is left of one unit after `halfLives` half-lives: `2^-halfLives`, in [0, 1]; exact for whole numbers.
 * A negative argument counts as 0: nothing grows by going back in time.
 *
 * @example remaining(0) === 1; remaining(1) === 0.5
 */
export function remaining(halfLives: number): number {
  if (halfLives <= 0) return 1;
  if (halfLives >= POWERS.length) return 0;
  const whole = Math.floor(halfLives);
  const fraction = halfLives - whole;
  const scale = POWERS[whole] ?? 0;
  if (fraction === 0) return scale;
  return exponential((0.5 - fraction) * LN2) * Math.SQRT1_2 * scale;
}

/** {@link remaining} for an age in milliseconds and a half-life in seconds. */
export function remainingAfter(ageMs: number, halfLifeSeconds: number): number {
  return remaining(ageMs / 1000 / halfLifeSeconds);
}
