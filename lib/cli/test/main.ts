import { SUITES } from './suites';
import { sumTallies, type Tally } from './tally';

// `npm test`: every suite, whatever the earlier ones say. The last line is the sum.
const tallies: Tally[] = [];
for (const { name, run } of SUITES) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const tally = await run();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`── ${name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
  tallies.push(tally);
}
const { passed, failed } = sumTallies(tallies);
if (failed > 0) process.exitCode = 1;
console.log(`\n${passed} passed, ${failed} failed`);
