import type { Ladder } from './types';

function isShare(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= 1;
}

function rungErrors({ rungs }: Ladder): string[] {
  if (rungs.length !== 5) return ['A ladder has exactly five rungs.'];
  const errors: string[] = [];
  rungs.forEach(({ rung, name, min }, index) => {
    if (rung !== index + 1)
      errors.push(`Rung ${index + 1} is out of order: the rungs are numbered 1 to 5.`);
    if (name.trim() === '') errors.push(`Rung ${index + 1} needs a name.`);
    if (!isShare(min)) errors.push(`The threshold of rung ${index + 1} must lie between 0 and 1.`);
  });
  if (rungs[0]?.min !== 0) errors.push('Rung 1 begins at 0, because every agent stands somewhere.');
  for (const [index, { min }] of rungs.entries()) {
    const below = rungs[index - 1];
    if (below && !(min > below.min))
      errors.push(`The threshold of rung ${index + 1} must be above that of rung ${index}.`);
  }
  return errors;
}

/** What is wrong with a ladder, as sentences for the person who edits it; empty when it can be used. */
export function validateLadder(ladder: Ladder): string[] {
  const errors = rungErrors(ladder);
  const top = ladder.rungs[4]?.min ?? 1;
  if (!isShare(ladder.hysteresis) || ladder.hysteresis > 0.2)
    errors.push('The hysteresis must lie between 0 and 0.2.');
  else if (top + ladder.hysteresis >= 1)
    errors.push('The threshold of rung 5 plus the hysteresis must stay below 1.');
  if (!Number.isFinite(ladder.dwellSeconds) || ladder.dwellSeconds < 0)
    errors.push('The dwell time must be 0 seconds or more.');
  if (!Number.isFinite(ladder.minimumEvidence) || ladder.minimumEvidence < 0)
    errors.push('The minimum evidence must be 0 or more.');
  const { minimumSafetyChecks: checks = 1 } = ladder;
  if (!Number.isInteger(checks) || checks < 1 || checks > 1_000)
    errors.push('The least number of safety checks must be a whole number from 1 to 1,000.');
  if (!isShare(ladder.layerFloor)) errors.push('The floor of the layers must lie between 0 and 1.');
  return errors;
}
