import { barOf, nameOf, rungAbove, thresholdOf } from './ladder';
import { formatDuration, formatEvidence, formatScore, formatThreshold } from './sentences';
import {
  LAYERS,
  type Ladder,
  type Layer,
  type NextRung,
  type TrustReading,
  type TrustState,
} from './types';

export interface NextRungOptions {
  ladder: Ladder;
  now: number;
  openIncident: boolean;
}

function layerGaps(name: Layer, { layers }: TrustReading, ladder: Ladder): string[] {
  const { score, evidence, alarm } = layers[name];
  const gaps: string[] = [];
  if (alarm)
    gaps.push(`The ${name} layer is in alarm; the alarm fades when nothing new is added to it.`);
  if (evidence < ladder.minimumEvidence)
    gaps.push(
      `The ${name} layer has evidence worth ${formatEvidence(evidence)} of the ${ladder.minimumEvidence} actions it needs.`,
    );
  if (score < ladder.layerFloor)
    gaps.push(
      `The ${name} layer stands at ${formatScore(score)}, below the floor of ${formatThreshold(ladder.layerFloor)}.`,
    );
  return gaps;
}

function dwellGap(state: TrustState, ladder: Ladder, bar: number, now: number): string[] {
  const { climb } = state.ladder;
  const since = climb?.bar === bar ? climb.since : now;
  const leftSeconds = ladder.dwellSeconds - (now - since) / 1000;
  return leftSeconds > 0
    ? [`Everything has to stay like this for another ${formatDuration(leftSeconds)}.`]
    : [];
}

/**
 * What is missing for the next rung, as sentences, the score first; null on the highest rung. The dwell is named only
 * when nothing else is missing, because it begins anew with every gap.
 */
export function nextRung(
  state: TrustState,
  reading: TrustReading,
  options: NextRungOptions,
): NextRung | null {
  const { ladder, now, openIncident } = options;
  const rung = rungAbove(state.ladder.rung);
  if (rung === null) return null;
  const bar = barOf(ladder, rung);
  const missing: string[] = [];
  if (reading.score < bar) {
    // From the number people see: three numbers in one sentence have to add up.
    const shown = formatScore(reading.score);
    const gap = formatThreshold(bar - Number(shown));
    missing.push(`The score is ${shown} and must reach ${formatThreshold(bar)}: ${gap} to go.`);
  }
  for (const name of LAYERS) missing.push(...layerGaps(name, reading, ladder));
  if (openIncident) missing.push('An incident is open; it has to be closed first.');
  if (missing.length === 0) missing.push(...dwellGap(state, ladder, bar, now));
  return { rung, name: nameOf(ladder, rung), min: thresholdOf(ladder, rung), missing };
}
