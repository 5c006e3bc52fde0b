import { DIMENSIONS, type Commitment, type Dimension, type Pact } from '@/lib/contracts';
import { DEFAULT_ACCURACY_FLOOR, measure, type AccuracyFloor, type RunScore } from './evaluations';

type Clause = NonNullable<Pact['commitments']>[number];

/** What a commitment can be measured on. */
export interface Measurements {
  readonly runs: readonly RunScore[];
  /** The composite now, in [0, 1]. */
  readonly score: number;
}

interface Value {
  readonly value: number | null;
  readonly observations: number;
}

const isDimension = (name: string): name is Dimension =>
  (DIMENSIONS as readonly string[]).includes(name);

/** A measure nobody knows is measured by nothing: the commitment stays unknown. */
function valueOf({ measure: name, overDays }: Clause, known: Measurements, now: number): Value {
  if (isDimension(name)) {
    const { score, total } = measure(known.runs, name, now, overDays);
    return { value: score, observations: total };
  }
  if (name === 'score') return { value: known.score, observations: 1 };
  return { value: null, observations: 0 };
}

/** Whether each commitment of a pact holds at `now` (milliseconds since the epoch), in the order of the pact. */
export function commitmentsOf(
  pact: Pick<Pact, 'commitments'>,
  known: Measurements,
  now: number,
): Commitment[] {
  return (pact.commitments ?? []).map((clause) => {
    const { value, observations } = valueOf(clause, known, now);
    const { name, overDays, atLeast = null, atMost = null } = clause;
    return {
      name,
      measure: clause.measure,
      atLeast,
      atMost,
      overDays,
      state: stateOf(value, atLeast, atMost),
      value,
      observations,
    };
  });
}

function stateOf(
  value: number | null,
  atLeast: number | null,
  atMost: number | null,
): Commitment['state'] {
  if (value === null || (atLeast === null && atMost === null)) return 'unknown';
  const kept =
    (atLeast === null || value >= atLeast - 1e-9) && (atMost === null || value <= atMost + 1e-9);
  return kept ? 'kept' : 'broken';
}

/** The least accuracy an agent has to show: what its pact promises, else the default. */
export function accuracyFloor({ commitments = [] }: Pick<Pact, 'commitments'>): AccuracyFloor {
  const clause = commitments.find(
    ({ measure: name, atLeast }) => name === 'accuracy' && atLeast !== undefined,
  );
  return clause?.atLeast === undefined
    ? DEFAULT_ACCURACY_FLOOR
    : { atLeast: clause.atLeast, overDays: clause.overDays };
}
