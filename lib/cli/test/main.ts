import { availableParallelism } from 'node:os';
import { runGroups } from './schedule';
import { SUITES, type Suite } from './suites';
import { sumTallies, type Tally } from './tally';

/** Of what a failed check says, this much is repeated at the end: a message, not its whole trace. */
const MESSAGE_LINES = 30;

// `npm test`: every suite, whatever the earlier ones say. What failed is repeated at the end, where
// it is found without scrolling; the last line is the sum.
const tallies = await runGroups(SUITES, availableParallelism(), runSuite);
const { passed, failed, failures } = sumTallies(tallies);
for (const failure of failures) {
  console.log(`\n✗ ${failure.name}`);
  for (const line of failure.message.split('\n').slice(0, MESSAGE_LINES)) console.log(`  ${line}`);
}
if (failed > 0) process.exitCode = 1;
console.log(`\n${passed} passed, ${failed} failed`);

async function runSuite({ name, run }: Suite): Promise<Tally> {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const tally = await run();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`── ${name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
  return named(tally, name);
}

/** A suite that failed without naming a check is named itself. */
function named(tally: Tally, suite: string): Tally {
  if (tally.failed === 0 || tally.failures.length > 0) return tally;
  return { ...tally, failures: [{ name: suite, message: 'See its output above.' }] };
}
