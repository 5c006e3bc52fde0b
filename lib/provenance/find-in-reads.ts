import { excerptOf } from './bounds';
import { directivesIn, orderAt } from './directives';
import type { Effort } from './effort';
import { findWhole, tokensOf, type PreparedText } from './prepared-text';
import type { OrderSpan, Read, ReadSpan } from './types';
import { viewsOf, type View } from './views';

/** A run of this many words in the same order is no accident. */
const RUN_TOKENS = 6;
const MAX_RUNS = 400;
const MIN_PHRASE_TOKENS = 4;
const MAX_PHRASE_TOKENS = 12;
/** Places of one value in one text that are looked at for an order around it. */
const MAX_PLACES = 32;
/** Addresses, links, account numbers, codes: what decides where something goes. */
const IDENTIFIER = /@|:\/\/|\p{L}\.\p{L}|\/|\d.*\d.*\d/u;
/** Dates and times look like codes, and everybody writes them. */
const DATE_OR_TIME = /^\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?(?:t\d{2}:\d{2}.*)?$/;

export interface Found {
  readonly span: ReadSpan;
  /** The value itself was found, not a part of it. */
  readonly whole: boolean;
  readonly order: OrderSpan | undefined;
  /** One of the reads that have it is a document the request points to. */
  readonly pointedTo: boolean;
}

/** What has been read, and how much may still be done to look through it. */
export interface Library {
  readonly reads: readonly Read[];
  readonly effort: Effort;
}

/**
 * Where a value that the request does not say was read: the newest read that has it, the whole value before its parts. An order
 * dictates a value, an address in it, or most of it; a few of its words in a longer text are a quotation.
 */
export function findInReads(
  value: string,
  request: PreparedText,
  library: Library,
): Found | undefined {
  const { reads, effort } = library;
  if (reads.length === 0) return undefined;
  let best: Found | undefined;
  const half = value.length / 2;
  for (const needle of needlesOf(value, request, effort)) {
    if (effort.spent) break;
    for (const read of reads.toReversed()) {
      const found = findInRead(needle, read, effort);
      if (found === undefined) continue;
      const whole = needle === value;
      const dictated = isIdentifier(needle) || needle.length >= half;
      best = better(best, { ...found, whole, order: dictated ? found.order : undefined }, read);
    }
    if (best?.whole === true) break;
  }
  return best ?? dictatedPhrase(value, request, library);
}

/** A short value of which an order says half: orders leave a gap for the agent to fill, "book a room at the ...". */
function dictatedPhrase(
  value: string,
  request: PreparedText,
  { reads, effort }: Library,
): Found | undefined {
  const tokens = tokensOf(value);
  const length = Math.max(MIN_PHRASE_TOKENS, Math.ceil(tokens.length / 2));
  if (tokens.length > MAX_PHRASE_TOKENS) return undefined;
  for (const phrase of runsOf(value, request, { length, step: 1, effort })) {
    if (effort.spent) break;
    for (const read of reads.toReversed()) {
      const found = findInRead(phrase, read, effort);
      if (found?.order !== undefined)
        return { ...found, whole: false, pointedTo: read.named === true };
    }
  }
  return undefined;
}

/** The newest place counts, unless an older one stands in an order. */
function better(
  best: Found | undefined,
  found: Omit<Found, 'pointedTo'>,
  { named = false }: Read,
): Found {
  if (best === undefined) return { ...found, pointedTo: named };
  const pointedTo = best.pointedTo || named;
  if (best.order !== undefined || found.order === undefined) return { ...best, pointedTo };
  return { ...best, span: found.span, order: found.order, pointedTo };
}

/** The first place in a read, or better, the first that stands in an order. */
function findInRead(
  needle: string,
  read: Read,
  effort: Effort,
): { span: ReadSpan; order: OrderSpan | undefined } | undefined {
  let first: ReadSpan | undefined;
  const directives = directivesIn(read.text);
  for (const [index, view] of viewsOf(read.text).entries()) {
    let places = 0;
    effort.search(view.text.length);
    const next = (from: number) => findWhole(view.text, needle, from, () => effort.visit());
    for (let at = next(0); at !== -1 && places < MAX_PLACES; at = next(at + 1)) {
      places += 1;
      const place = { start: at, end: at + needle.length };
      const order = orderAt(directives[index] ?? [], view, read, place);
      if (order !== undefined) return { span: spanOf(read, view, place), order };
      first ??= spanOf(read, view, place);
    }
  }
  return first === undefined ? undefined : { span: first, order: undefined };
}

function* needlesOf(value: string, request: PreparedText, effort: Effort): Generator<string> {
  yield value;
  const tokens = tokensOf(value);
  for (const token of tokens) {
    if (token !== value && isIdentifier(token) && !request.tokens.has(token)) yield token;
  }
  yield* runsOf(value, request, { length: RUN_TOKENS, step: RUN_TOKENS / 2, effort });
}

export function isIdentifier(token: string): boolean {
  return token.length >= 5 && IDENTIFIER.test(token) && !DATE_OR_TIME.test(token);
}

/** Pieces of the value of so many words, as they stand in it, that the request does not say. */
function* runsOf(
  value: string,
  request: PreparedText,
  { length, step, effort }: { length: number; step: number; effort: Effort },
): Generator<string> {
  const tokens = tokensOf(value);
  let from = 0;
  const starts = tokens.map((token) => {
    const at = value.indexOf(token, from);
    from = at + token.length;
    return at;
  });
  for (let first = 0; first + length <= Math.min(tokens.length, MAX_RUNS); first += step) {
    const last = first + length - 1;
    const run = value.slice(starts[first], (starts[last] ?? 0) + (tokens[last] ?? '').length);
    effort.search(request.text.length);
    if (!request.text.includes(run)) yield run;
  }
}

function spanOf(read: Read, view: View, place: { start: number; end: number }): ReadSpan {
  const range = view.placeOf(place.start, place.end);
  return { readId: read.id, ...range, excerpt: excerptOf(read.text.slice(range.start, range.end)) };
}
