/** The baselines of the decision path, and when each of them can speak at all. A new one is a new entry. */
import type { Activity } from '@/lib/decide/activity';
import { DEFAULT_BASELINES, learnedShare } from '@/lib/trust';

export interface BaselineKind {
  readonly name: string;
  /** The signal it gives. */
  readonly signal: string;
  /** Whether it has learned enough of the agent to judge its next action. @param at milliseconds since the epoch */
  readonly binds: (before: Activity, at: number) => boolean;
}

const { newTool, volume, sequence, weekHours } = DEFAULT_BASELINES;

export const BASELINE_KINDS: readonly BaselineKind[] = [
  {
    name: 'tool never used before',
    signal: 'behavior.new_tool',
    binds: ({ actions }) => actions >= newTool.calls,
  },
  {
    name: 'calls an hour',
    signal: 'behavior.volume_high',
    binds: ({ baseline }) => baseline.hours >= volume.activeHours,
  },
  {
    name: 'order of calls',
    signal: 'behavior.sequence_unlikely',
    binds: ({ habits: { sequence: known } }, at) =>
      learnedShare(
        { sinceMs: at - (known.since ?? at), observations: known.steps },
        sequence.learning,
      ) >= 1,
  },
  {
    name: 'hour of the week',
    signal: 'context.hour_unfamiliar',
    binds: ({ habits: { weekHours: known } }, at) =>
      learnedShare(
        { sinceMs: at - (known.since ?? at), observations: known.active },
        weekHours.learning,
      ) >= 1,
  },
  {
    name: 'burst of irreversible writes',
    signal: 'behavior.destructive_burst',
    binds: () => true,
  },
  {
    name: 'failing calls',
    signal: 'behavior.error_rate',
    binds: ({ watch }) => watch.calls.length >= 19,
  },
];

/** One judged action: what was known of the agent before it, and what Belay found. */
export interface Judged {
  readonly at: number;
  readonly before: Activity;
  readonly found: readonly string[];
  /** A switch, a suspension or a restriction stopped it before anything was looked at. */
  readonly unseen: boolean;
}

/** How often a baseline alarmed, of the actions it could judge. */
export function countAlarms(kind: BaselineKind, judged: readonly Judged[]) {
  const bound = judged.filter(({ before, at, unseen }) => !unseen && kind.binds(before, at));
  return {
    decisions: bound.length,
    alarms: bound.filter(({ found }) => found.includes(kind.signal)).length,
  };
}
