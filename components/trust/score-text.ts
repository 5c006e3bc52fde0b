/** Scores, changes and whole trust records in words. */
import type { Trust } from '@/lib/contracts';
import { formatScore as plainScore } from '@/lib/trust/sentences';
import { t, texts, withDecimalSign } from '@/lib/client/language';
import { isUnknown, LAYERS, rungName } from './layers';

const MINUS = '\u2212';
/** In the middle of a sentence. */
export const LAYER_WORDS = texts({
  identity: 'identity',
  behavior: 'behavior',
  context: 'context',
  outcome: 'outcome',
});

/** A score in [0, 1], cut rather than rounded, with the decimal sign of the language. */
export function formatScore(score: number, decimals?: number): string {
  return withDecimalSign(plainScore(score, decimals));
}

/** A change in [-1, 1] as signed points without the unit; one point is 0.01. */
export function formatPoints(change: number): string {
  const points = Math.abs(change) * 100;
  if (points === 0) return withDecimalSign('0.0');
  const sign = change < 0 ? MINUS : '+';
  return `${sign}${withDecimalSign(points.toFixed(points < 0.095 ? 2 : 1))}`;
}

/** A change with its unit: "+3.1 points". One too small for two decimals says so instead of reading as nothing. */
export function pointsText(change: number): string {
  if (change !== 0 && Math.abs(change) * 100 < 0.005)
    return change > 0 ? t('up less than 0.01 points') : t('down less than 0.01 points');
  return t('{points} points', { points: formatPoints(change) });
}

/** How much of a layer's score rests on evidence, from a share in [0, 1]; a beginning is not 0. */
export function coverageText(coverage: number): string {
  const percent = Math.round(coverage * 100);
  return percent === 0 && coverage > 0
    ? t('under 1 % covered by evidence')
    : t('{percent} % covered by evidence', { percent });
}

/** The change over a week as a clause, or that there is no week to compare with. */
export function changeText(change7d: number | null): string {
  return change7d === null
    ? t('no score from 7 days ago to compare with')
    : t('{points} points over 7 days', { points: formatPoints(change7d) });
}

/** What a screen reader hears instead of the glyph: "Score 0.72, rung 4 conditional auto-execution, behavior in alarm, outcome unknown". */
export function trustSentence(
  trust: Trust,
  rungs?: readonly { rung: number; name: string }[],
): string {
  const clauses = [
    t('Score {score}', { score: formatScore(trust.score) }),
    t('rung {rung} {name}', { rung: trust.rung, name: rungName(trust.rung, rungs) }),
  ];
  for (const layer of LAYERS) {
    const reading = trust.layers[layer];
    const name = LAYER_WORDS[layer];
    if (isUnknown(reading)) clauses.push(t('{layer} unknown', { layer: name }));
    else {
      const values = { layer: name, score: formatScore(reading.score) };
      clauses.push(
        reading.alarm ? t('{layer} {score} in alarm', values) : t('{layer} {score}', values),
      );
    }
  }
  return clauses.join(', ');
}
