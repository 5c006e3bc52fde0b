/** `npm run bench differential`: the engine against the naive reference on a million random histories. */
import { differenceAt } from '@/lib/trust/differential';
import { printTable } from './load';

const CASES = 1_000_000;
/** Both sum the same terms in another order. */
const TOLERANCE = 1e-10;

export function benchDifferential(): Promise<void> {
  let [worst, beyond] = [0, 0];
  for (let seed = 0; seed < CASES; seed += 1) {
    const difference = differenceAt(seed);
    worst = Math.max(worst, difference);
    if (!(difference <= TOLERANCE)) beyond += 1;
  }
  printTable(
    ['random histories', `further apart than ${TOLERANCE}`, 'greatest difference'],
    [[String(CASES), String(beyond), worst.toExponential(1)]],
  );
  if (beyond > 0) process.exitCode = 1;
  return Promise.resolve();
}
