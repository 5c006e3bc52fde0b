/** Lives of several agents, day by day. Pure. */
import type { Series } from '@/lib/trust/golden-curves';
import type { Moment } from './life';

const DAY_MS = 86_400_000;
/** A share is taken over so many of the newest actions. */
const WINDOW = 100;

/** A person had to approve it, or to carry it out. */
export const needsPerson = ({ outcome }: Pick<Moment, 'outcome'>): boolean =>
  outcome === 'require_approval' || outcome === 'suggest';

export const isStopped = ({ outcome }: Pick<Moment, 'outcome'>): boolean => outcome === 'deny';

/** Actions of a hundred, among the newest hundred before `end` (an index, not included). 0 where there are none. */
export function perHundred(
  life: readonly Moment[],
  meets: (moment: Moment) => boolean,
  end = life.length,
): number {
  const newest = life.slice(Math.max(0, end - WINDOW), end);
  return newest.length === 0 ? 0 : (100 * newest.filter(meets).length) / newest.length;
}

/** What a curve shows of a life at one of its moments, in [0, 1]. */
export type Shown = (life: readonly Moment[], index: number) => number;

/** The mean of several lives at the end of each day; one that is over counts as it ended. */
export function meanByDay(
  name: string,
  lives: readonly (readonly Moment[])[],
  shown: Shown,
): Series {
  const begin = Math.min(...lives.map((life) => life[0]?.at ?? Infinity));
  const end = Math.max(...lives.map((life) => life.at(-1)?.at ?? -Infinity));
  const midnight = begin - (begin % DAY_MS);
  const walks = lives.filter((life) => life.length > 0).map((life) => ({ life, index: 0 }));
  const points: { at: number; score: number }[] = [];
  for (let at = midnight + DAY_MS; at < end + DAY_MS; at += DAY_MS) {
    let sum = 0;
    for (const walk of walks) {
      while ((walk.life[walk.index + 1]?.at ?? Infinity) <= at) walk.index += 1;
      sum += shown(walk.life, walk.index);
    }
    points.push({ at, score: sum / walks.length });
  }
  return { name, points };
}
