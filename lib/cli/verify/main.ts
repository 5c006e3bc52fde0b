import { availableParallelism } from 'node:os';
import { atOnce } from './at-once';
import { VERIFY_STEPS } from './steps';

// `npm run verify`: every check, whatever the others say; fails if one did.
await atOnce(VERIFY_STEPS, availableParallelism(), async ({ name, run }) => {
  const { endedWell, said } = await run();
  process.stdout.write(said);
  console.log(`${endedWell ? '✓' : '✗'} ${name}`);
  if (!endedWell) process.exitCode = 1;
});
