/** `npm run bench trust`: the pure engine on one core, and how it stands up to people who play it. */
import { measureTrust } from '@/lib/trust/bench';
import { benchGaming } from './gaming';
import { printTable } from './load';
import { measureReplay } from './replay-scores';

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
  const { signals, seconds, different } = measureReplay();
  console.log('');
  printTable(
    ['signals computed again from ledger bytes', 'seconds', 'scores that differ'],
    [[String(signals), seconds.toFixed(2), String(different)]],
  );
  if (different > 0) process.exitCode = 1;
  benchGaming();
  return Promise.resolve();
}
