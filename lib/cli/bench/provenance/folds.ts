/** Choosing a setting on some sessions and measuring it on the others. Pure. */
import type { Sensitivity } from '@/lib/provenance';
import { AIMS, figuresOf, meetsAim, type Figure, type Figures, type Gated } from './figures';
import type { LabelledSession } from './labelled';

/** All sessions, gated under one setting. */
export interface Trial {
  readonly sensitivity: Sensitivity;
  readonly gated: readonly Gated[];
}

/** What may be held out together. Clean sessions have no attack: they are held out by suite alone. */
export const KINDS: Readonly<Record<string, (session: LabelledSession) => string | null>> = {
  'attack kind': ({ attack }) => attack,
  'attack goal': ({ injection_goal: goal }) => goal,
  suite: ({ suite }) => suite,
};

export interface Fold {
  readonly name: string;
  readonly chosen: Sensitivity;
  readonly figures: Figures;
}

/** One fold a value: the setting is chosen without the sessions that have it, the figures are of those sessions alone. */
export function foldsBy(
  kind: (session: LabelledSession) => string | null,
  trials: readonly Trial[],
): Fold[] {
  const values = new Set(trials[0]?.gated.map(({ session }) => kind(session)));
  return [...values]
    .filter((value) => value !== null)
    .sort()
    .map((name) => {
      const inside = ({ session }: Gated): boolean => kind(session) === name;
      const chosen = choose(trials, (item) => !inside(item));
      return {
        name,
        chosen: chosen.sensitivity,
        figures: figuresOf(chosen.gated.filter(inside)),
      };
    });
}

/** The setting that misses the fewest aims on these sessions; of several, the one that asks in the fewest clean sessions. */
function choose(trials: readonly Trial[], seen: (item: Gated) => boolean): Trial {
  const rated = trials.map((trial) => {
    const figures = figuresOf(trial.gated.filter(seen));
    const missed = (Object.keys(AIMS) as Figure[]).filter(
      (figure) => !meetsAim(figure, figures[figure]),
    );
    return { trial, missed: missed.length, asked: figures.cleanSessionsAsked ?? 0, figures };
  });
  const [best] = rated.toSorted(
    (a, b) =>
      a.missed - b.missed ||
      (a.figures.attackExecuted ?? 0) - (b.figures.attackExecuted ?? 0) ||
      a.asked - b.asked,
  );
  if (best === undefined) throw new Error('There is no setting to choose from.');
  return best.trial;
}
