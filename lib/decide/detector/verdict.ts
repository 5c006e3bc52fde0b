/** What a detector is asked and how its answer is read. Pure. Bounded: it ends up in signals, incidents and the ledger. */

/** From here on a text is noted as suspected, whatever the threshold: the detector itself finds it more hostile than not. */
export const SUSPECTED_FROM = 0.5;
const MAX_LABELS = 8;
const MAX_SPANS = 8;
const LABEL = /^[a-z0-9][a-z0-9 ._:-]{0,63}$/i;

/** A text an agent has read, without the secrets in it. */
export interface DetectorQuestion {
  /** The decision under which the text was read. */
  readonly id: string;
  readonly text: string;
  /** The agent may have read more than this. */
  readonly truncated: boolean;
}

export interface DetectorVerdict {
  /** That the text tries to give orders to its reader or does other harm, in [0, 1]. */
  readonly probability: number;
  readonly labels: readonly string[];
  /** Where, as positions in the text that was sent. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/**
 * The verdict in an answer's JSON; undefined when there is none. Only a probability is one: labels and spans that make no sense
 * are left out, and nothing else in an answer is looked at, so nothing in it can be good for the agent.
 */
export function readVerdict(
  answer: unknown,
  { id, text }: Pick<DetectorQuestion, 'id' | 'text'>,
): DetectorVerdict | undefined {
  if (!isRecord(answer)) return undefined;
  const { probability, labels, spans, id: about = id } = answer;
  if (about !== id || !isShare(probability)) return undefined;
  return {
    probability,
    labels: listOf(labels).filter(isLabel).slice(0, MAX_LABELS),
    spans: listOf(spans)
      .flatMap((span) => spanIn(span, text.length))
      .slice(0, MAX_SPANS),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isLabel = (value: unknown): value is string => typeof value === 'string' && LABEL.test(value);
const isShare = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;

function spanIn(value: unknown, length: number): DetectorVerdict['spans'] {
  if (!isRecord(value)) return [];
  const { start, end } = value;
  if (!Number.isInteger(start) || !Number.isInteger(end)) return [];
  const [from, to] = [Number(start), Number(end)];
  return from >= 0 && from < to && to <= length ? [{ start: from, end: to }] : [];
}
