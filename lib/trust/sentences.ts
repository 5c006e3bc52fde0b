/** Numbers as people read them. Scores on screen have two digits; a delta shows where it begins to matter. */

export function formatScore(score: number): string {
  return score.toFixed(2);
}

/**
 * A signed difference of two scores with four digits, or words when they would all be 0. Written by hand, because the decision path formats two for every signal, and `toFixed` was a third of its time.
 */
export function formatDelta(delta: number): string {
  const units = Math.round(Math.abs(delta) * 10_000);
  if (units === 0) return delta === 0 ? 'unchanged' : 'almost unchanged';
  const digits = String(10_000 + (units % 10_000)).slice(1);
  return `${delta > 0 ? '+' : '-'}${units < 10_000 ? 0 : 1}.${digits}`;
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
