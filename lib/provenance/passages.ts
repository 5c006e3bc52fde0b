import { boundedReads } from './bounded-reads';
import { detectInstructions } from './instructions';
import { normalise } from './normalise';
import { findWhole, prepareText } from './prepared-text';
import { DEFAULT_SENSITIVITY } from './sensitivity';
import type { ArgumentOrigin, InjectionReason, InstructionSpan, Read, ReadSpan } from './types';

/** A passage of orders this near to the value of an argument, in characters, is about it. */
const NEAR_CHARS = 400;
const NEXT_SENTENCE_CHARS = 40;
/** A passage of a read that looks like orders to whoever reads it. */
export interface Passage {
  readonly place: ReadSpan;
  readonly text: string;
  /** It clearly speaks to the agent. */
  readonly strong: boolean;
}

/** Text in what was read that gives orders to the agent, strongest first. */
export function plantedOrders(
  reads: readonly Read[],
  recognisedScore = DEFAULT_SENSITIVITY.recognisedScore,
): readonly InjectionReason[] {
  return plantedIn(passagesOf(reads, recognisedScore));
}

export const plantedIn = (passages: readonly Passage[]): InjectionReason[] =>
  passages.filter(({ strong }) => strong).map(plantedReason);

export function passagesOf(reads: readonly Read[], recognisedScore: number): Passage[] {
  return boundedReads(reads).reads.flatMap((read) =>
    detectInstructions(read.text).spans.map((span) => passageOf(read, span, recognisedScore)),
  );
}

function passageOf(
  read: Read,
  { start, end, excerpt, score }: InstructionSpan,
  recognisedScore: number,
): Passage {
  return {
    place: { readId: read.id, start, end, excerpt },
    text: normalise(read.text.slice(start, end)).text,
    strong: score >= recognisedScore,
  };
}

const plantedReason = ({ place }: Passage): InjectionReason => ({
  code: 'injection.planted',
  text: 'Text the agent has read in this session gives orders to it.',
  span: place,
});

export function isInside(
  { span, value: shown }: ArgumentOrigin,
  { place, text }: Passage,
): boolean {
  if (
    span !== undefined &&
    span.readId === place.readId &&
    span.start < place.end &&
    span.end > place.start
  ) {
    return true;
  }
  const value = prepareText(shown).text.trim();
  return value.length >= 5 && findWhole(text, value) !== -1;
}

/** Orders often announce themselves and then say what is to be done: the next sentence still belongs to them. */
export function beginsIn(order: ReadSpan | undefined, place: ReadSpan): boolean {
  if (order === undefined || order.readId !== place.readId) return false;
  return order.start >= place.start && order.start <= place.end + NEXT_SENTENCE_CHARS;
}

export function isNear(span: ReadSpan | undefined, place: ReadSpan): boolean {
  if (span === undefined || span.readId !== place.readId) return false;
  return span.start < place.end + NEAR_CHARS && span.end > place.start - NEAR_CHARS;
}
