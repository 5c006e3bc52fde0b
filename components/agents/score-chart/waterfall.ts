/** From an explanation on the wire to the steps of a waterfall, from the score before to the score after. */
import type { Explanation, Layer } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';

export type Contribution = Explanation['contributions'][number];

export interface WaterfallStep {
  key: string;
  /** A layer, the passing of time, small signals taken together, or what the numbers leave unexplained. */
  cause: Layer | 'decay' | 'rest' | 'rounding';
  text: string;
  /** Running score before and after this step, in [0, 1]. */
  from: number;
  to: number;
  delta: number;
  /** The signals behind the step; more than one when they are taken together. */
  contributions: Contribution[];
}

export interface Waterfall {
  before: number;
  after: number;
  steps: WaterfallStep[];
  /** The part of [0, 1] that the bars are drawn on. */
  scale: { min: number; max: number };
}

/** Differences below this are the rounding of doubles. */
const NOTHING = 1e-6;
const DEFAULT_STEPS = 8;
/** A signal weaker than this share of the strongest says nothing on its own. */
const NEGLIGIBLE_SHARE = 0.02;

/**
 * The steps in order of time: decay first, because it acted before the signals came. Negligible signals, and
 * the weakest beyond `most`, are taken together in the place of the first of them. The steps add up to after minus before exactly.
 */
export function waterfall(explanation: Explanation, most: number = DEFAULT_STEPS): Waterfall {
  const before = explanation.before?.score ?? 0;
  const after = explanation.after.score;
  const parts = [...decayPart(explanation), ...signalParts(explanation.contributions, most)];
  let running = before;
  const steps = parts.map((part): WaterfallStep => {
    const from = running;
    running += part.delta;
    return { ...part, from, to: running };
  });
  const left = after - running;
  if (Math.abs(left) > NOTHING)
    steps.push({
      key: 'rounding',
      cause: 'rounding',
      text: t('Not attributed to a single signal'),
      from: running,
      to: after,
      delta: left,
      contributions: [],
    });
  return { before, after, steps, scale: scaleOf([before, after, ...steps.flatMap(ends)]) };
}

type Part = Omit<WaterfallStep, 'from' | 'to'>;

function decayPart(explanation: Explanation): Part[] {
  if (Math.abs(explanation.decayDelta) <= NOTHING) return [];
  return [
    {
      key: 'decay',
      cause: 'decay',
      text:
        explanation.decayDelta < 0
          ? t('Time passed: older good evidence counts less')
          : t('Time passed: older bad evidence counts less'),
      delta: explanation.decayDelta,
      contributions: [],
    },
  ];
}

function signalParts(contributions: readonly Contribution[], most: number): Part[] {
  const ranked = contributions
    .map((contribution, index) => ({ index, size: strength(contribution) }))
    .sort((a, b) => b.size - a.size || a.index - b.index);
  const floor = (ranked[0]?.size ?? 0) * NEGLIGIBLE_SHARE;
  const telling = ranked.filter((entry) => entry.size >= floor);
  const fits = telling.length === contributions.length && telling.length <= most;
  const shown = new Set((fits ? telling : telling.slice(0, most - 1)).map((entry) => entry.index));
  const parts: Part[] = [];
  const rest: Contribution[] = [];
  let restPlace = -1;
  contributions.forEach((contribution, index) => {
    if (shown.has(index)) parts.push(signalPart(contribution));
    else {
      if (restPlace < 0) restPlace = parts.length;
      rest.push(contribution);
    }
  });
  if (rest.length > 0) parts.splice(restPlace, 0, restPart(rest));
  return parts;
}

/** A signal that hardly moved the score may still have moved its layer; that decides between equals. */
function strength(contribution: Contribution): number {
  return Math.abs(contribution.scoreDelta) + Math.abs(contribution.layerDelta) * 1e-3;
}

function signalPart(contribution: Contribution): Part {
  return {
    key: contribution.signalId,
    cause: contribution.layer,
    text: contribution.text,
    delta: contribution.scoreDelta,
    contributions: [contribution],
  };
}

function restPart(rest: Contribution[]): Part {
  return {
    key: 'rest',
    cause: 'rest',
    text: counted(rest.length, '{count} weaker signal together', '{count} weaker signals together'),
    delta: rest.reduce((sum, contribution) => sum + contribution.scoreDelta, 0),
    contributions: rest,
  };
}

function ends(step: WaterfallStep): number[] {
  return [step.from, step.to];
}

/** The values with a tenth of room on both sides, at least 2 points wide and inside [0, 1]. */
function scaleOf(values: readonly number[]): { min: number; max: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max((high - low) * 0.1, (0.02 - (high - low)) / 2);
  return { min: Math.max(0, low - room), max: Math.min(1, high + room) };
}
