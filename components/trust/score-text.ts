/** Scores, changes and whole trust records in words. */
import type { Trust } from '@/lib/contracts';
import { formatScore } from '@/lib/trust/sentences';
import { isUnknown, LAYER_LOOKS, LAYERS, rungName } from './layers';

const MINUS = '\u2212';

export { formatScore };

/** A change in [-1, 1] as signed points without the unit; one point is 0.01. */
export function formatPoints(change: number): string {
  const points = Math.abs(change) * 100;
  if (points === 0) return '0.0';
  const sign = change < 0 ? MINUS : '+';
  return `${sign}${points.toFixed(points < 0.095 ? 2 : 1)}`;
}

/** A change with its unit: "+3.1 points". */
export function pointsText(change: number): string {
  return `${formatPoints(change)} points`;
}

/** How much of a layer's score rests on evidence, from a share in [0, 1]; a beginning is not 0. */
export function coverageText(coverage: number): string {
  const percent = Math.round(coverage * 100);
  const share = percent === 0 && coverage > 0 ? 'under 1' : String(percent);
  return `${share} % covered by evidence`;
}

/** The change over a week as a clause, or that there is no week to compare with. */
export function changeText(change7d: number | null): string {
  return change7d === null
    ? 'no score from 7 days ago to compare with'
    : `${pointsText(change7d)} over 7 days`;
}

/** What a screen reader hears instead of the glyph: "Score 0.72, rung 4 conditional auto-execution, behavior in alarm, outcome unknown". */
export function trustSentence(
  trust: Trust,
  rungs?: readonly { rung: number; name: string }[],
): string {
  const clauses = [
    `Score ${formatScore(trust.score)}`,
    `rung ${trust.rung} ${rungName(trust.rung, rungs)}`,
  ];
  for (const layer of LAYERS) {
    const reading = trust.layers[layer];
    const label = LAYER_LOOKS[layer].label.toLowerCase();
    if (isUnknown(reading)) clauses.push(`${label} unknown`);
    else if (reading.alarm) clauses.push(`${label} ${formatScore(reading.score)} in alarm`);
    else clauses.push(`${label} ${formatScore(reading.score)}`);
  }
  return clauses.join(', ');
}
