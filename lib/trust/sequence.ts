/**
 * The order in which an agent calls tools, as a first-order Markov chain over classes of calls, and the surprise of its next
 * step (Jha, Tan and Maxion 2001: rare transitions of a learned chain). 30 counts, one baseline and eight sessions are all that
 * is remembered, whatever an agent does. Pure; times in milliseconds since the epoch.
 */
import {
  DEFAULT_BASELINES,
  learnedShare,
  learnValue,
  NO_BASELINE,
  upperLimit,
  type Baseline,
  type Baselines,
} from './baselines';

/** What a call can do, as far as the order of calls matters: each call is of one class. */
export const CALL_CLASSES = [
  'read',
  'sensitive_read',
  'write',
  'irreversible_write',
  'egress',
] as const;
export type CallClass = (typeof CALL_CLASSES)[number];

const HOUR_MS = 3_600_000;
const CLASSES = CALL_CLASSES.length;
/** Steps that lead out of one class before they are halved: what is old fades, and a count stays small. */
const MOST_IN_ROW = 512;
/** Sessions whose last call is remembered: more at once are rare, and the oldest is then taken for a new one. */
const MOST_SESSIONS = 8;
/** Surprises remembered by the baseline. */
const MEMORY = 1_000;

export interface Sequence {
  /** Steps counted, row by row: from the beginning of a session, then from each class; a column a class. */
  readonly counts: readonly number[];
  readonly usual: Baseline;
  /** Steps seen; counted no further than it takes to have learned. */
  readonly steps: number;
  /** Time of the first step; null before it. */
  readonly since: number | null;
  /** The class of the last call of each session, the newest session last. */
  readonly last: readonly (readonly [session: string, call: number])[];
  /** Start of the hour in which an unlikely step was last told of. */
  readonly toldHour: number;
}

export const NO_SEQUENCE: Sequence = {
  counts: [],
  usual: NO_BASELINE,
  steps: 0,
  since: null,
  last: [],
  toldHour: 0,
};

export interface SequenceStep {
  /** Which session the call belongs to; calls without one are one session. */
  readonly session: string;
  readonly call: CallClass;
  readonly now: number;
}

/** A step the agent hardly ever makes. */
export interface UnlikelyStep {
  /** The class of the call before; null at the beginning of a session. */
  readonly after: CallClass | null;
  readonly call: CallClass;
  /** Bits; `limit` is what is usual plus three standard deviations. */
  readonly surprise: number;
  readonly limit: number;
  /** How often the step was made, of all steps from there. */
  readonly seen: number;
  readonly of: number;
}

/**
 * Takes one call into account.
 *
 * The surprise of a step is `-log2 p` with `p = (n_ij + 1/2) / (n_i + K/2)` over K classes (Krichevsky and Trofimov 1981). It is
 * unlikely above three standard deviations over the agent's own mean surprise and below `rareShare`; it is told once an hour.
 */
export function stepSequence(
  before: Sequence,
  { session, call, now }: SequenceStep,
  config: Baselines['sequence'] = DEFAULT_BASELINES.sequence,
): { readonly sequence: Sequence; readonly unlikely: UnlikelyStep | null } {
  const column = CALL_CLASSES.indexOf(call);
  const from = before.last.find(([id]) => id === session)?.[1];
  const row = from === undefined ? 0 : from + 1;
  const counts = before.counts.length === 0 ? emptyCounts() : before.counts;
  const ways = counts.slice(row * CLASSES, (row + 1) * CLASSES);
  const [seen, of] = [ways[column] ?? 0, ways.reduce((sum, n) => sum + n, 0)];
  const surprise = -Math.log2((seen + 0.5) / (of + CLASSES / 2));
  const since = before.since ?? now;
  const learned = learnedShare(
    { sinceMs: now - since, observations: before.steps },
    config.learning,
  );
  const limit = Math.max(upperLimit(before.usual), -Math.log2(config.rareShare));
  const binds = learned >= 1;
  const hour = now - (now % HOUR_MS);
  const isUnlikely = binds && surprise > limit && before.toldHour !== hour;
  const after = from === undefined ? null : (CALL_CLASSES[from] ?? null);
  return {
    sequence: {
      counts: counted(counts, row, column),
      // A surprise counts no more than the limit: one attack must not widen what is usual.
      usual:
        learned < 0.5
          ? before.usual
          : learnValue(before.usual, binds ? Math.min(surprise, limit) : surprise, MEMORY),
      steps: Math.min(before.steps + 1, config.learning.observations),
      since,
      last: [...before.last.filter(([id]) => id !== session), [session, column] as const].slice(
        -MOST_SESSIONS,
      ),
      toldHour: isUnlikely ? hour : before.toldHour,
    },
    unlikely: isUnlikely ? { after, call, surprise, limit, seen, of } : null,
  };
}

const emptyCounts = (): number[] => Array.from({ length: (CLASSES + 1) * CLASSES }, () => 0);

function counted(counts: readonly number[], row: number, column: number): number[] {
  const [begin, end] = [row * CLASSES, (row + 1) * CLASSES];
  const full = counts.slice(begin, end).reduce((sum, n) => sum + n, 0) >= MOST_IN_ROW;
  return counts.map((n, index) => {
    const kept = full && index >= begin && index < end ? Math.floor(n / 2) : n;
    return index === begin + column ? kept + 1 : kept;
  });
}
