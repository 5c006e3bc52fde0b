/** Numbers as people read them. Scores on screen have two digits; a delta shows where it begins to matter. */

/** Binary fractions come out a hair below what was meant: 0.29 * 100 is 28.999999999999996. */
const ROUNDING_SLACK = 1e-9;

/**
 * A score in [0, 1] with a fixed number of decimals, cut rather than rounded: 0.6996 reads 0.69, so that a number on
 * screen never claims a threshold the score has not reached.
 */
export function formatScore(score: number, decimals = 2): string {
  const scale = 10 ** decimals;
  return (Math.floor(score * scale + ROUNDING_SLACK) / scale).toFixed(decimals);
}

const THRESHOLD_SCALE = 10_000;

/** A threshold in [0, 1] as it was set, with two to four decimals: 0.5 reads 0.50, and 0.525 stays 0.525. */
export function formatThreshold(threshold: number): string {
  const set = Math.round(threshold * THRESHOLD_SCALE) / THRESHOLD_SCALE;
  return set === Number(set.toFixed(2)) ? set.toFixed(2) : String(set);
}

/** What evidence is worth in actions, cut: whole actions from 1 on, one decimal below, so that a beginning is not 0. */
export function formatEvidence(evidence: number): string {
  if (evidence >= 1) return String(Math.floor(evidence + ROUNDING_SLACK));
  if (evidence >= 0.1) return formatScore(evidence, 1);
  return evidence > 0 ? 'less than 0.1' : '0';
}

/**
 * A signed difference of two scores in points, of which one is 0.01, with two decimals: "+0.33 points", or words when they would all
 * be 0. Written by hand, because the decision path formats two for every signal, and `toFixed` was a third of its time.
 */
export function formatDelta(delta: number): string {
  const units = Math.round(Math.abs(delta) * 10_000);
  if (units === 0) return delta === 0 ? 'unchanged' : 'almost unchanged';
  const whole = Math.floor(units / 100);
  const digits = String(100 + (units % 100)).slice(1);
  return `${delta > 0 ? '+' : '-'}${whole}.${digits} points`;
}

const UNITS = [
  { seconds: 86_400, name: 'day' },
  { seconds: 3600, name: 'hour' },
  { seconds: 60, name: 'minute' },
  { seconds: 1, name: 'second' },
] as const;

/** A duration in its largest fitting unit, rounded up: "2 days", "1 hour". */
export function formatDuration(seconds: number): string {
  const unit = UNITS.find((candidate) => seconds >= candidate.seconds) ?? UNITS[3];
  const count = Math.ceil(seconds / unit.seconds);
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
