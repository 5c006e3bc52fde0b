/** `npm run bench trust`: the pure engine on one core. */
import { measureTrust } from '@/lib/trust/bench';
import { printTable } from './load';

export function benchTrust(): Promise<void> {
  const rates = measureTrust(() => performance.now());
  printTable(
    ['scoring engine, one core', 'a second'],
    [
      ['folds of signals into state', String(rates.foldsPerSecond)],
      ['readings of a score', String(rates.readsPerSecond)],
      ['assessments of four signals', String(rates.assessmentsPerSecond)],
    ],
  );
  return Promise.resolve();
}
