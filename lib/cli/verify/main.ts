import { VERIFY_STEPS } from './steps';

// `npm run verify`: every check, whatever the earlier ones say; fails if one did.
for (const { name, run } of VERIFY_STEPS) {
  const isGood = await run();
  console.log(`${isGood ? '✓' : '✗'} ${name}`);
  if (!isGood) process.exitCode = 1;
}
