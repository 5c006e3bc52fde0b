import { excerptOf } from './bounds';
import { originalRange } from './normalise';
import { findWhole, tokensOf, type PreparedText } from './prepared-text';
import type { Read, ReadSpan } from './types';

export interface PreparedRead {
  readonly read: Read;
  readonly normal: PreparedText;
}

/** A run of this many words in the same order is no accident. */
const RUN_TOKENS = 6;
const MAX_RUNS = 400;
/** Addresses, links, account numbers, codes: what decides where something goes. */
const IDENTIFIER = /@|:\/\/|\w\.\w|\/|\d.*\d.*\d/;

/** Where a value that the request does not say was read: the newest read that has it, the whole value before its parts. */
export function findInReads(
  value: string,
  request: PreparedText,
  reads: readonly PreparedRead[],
): ReadSpan | undefined {
  if (reads.length === 0) return undefined;
  for (const needle of needlesOf(value, request)) {
    for (const read of reads.toReversed()) {
      const at = findWhole(read.normal.text, needle);
      if (at !== -1) return spanOf(read, at, at + needle.length);
    }
  }
  return undefined;
}

function* needlesOf(value: string, request: PreparedText): Generator<string> {
  yield value;
  const tokens = tokensOf(value);
  for (const token of tokens) {
    if (
      token !== value &&
      token.length >= 5 &&
      IDENTIFIER.test(token) &&
      !request.tokens.has(token)
    ) {
      yield token;
    }
  }
  yield* runsOf(value, tokens, request);
}

/** Pieces of the value of six words each, as they stand in it. */
function* runsOf(
  value: string,
  tokens: readonly string[],
  request: PreparedText,
): Generator<string> {
  let from = 0;
  const starts = tokens.map((token) => {
    const at = value.indexOf(token, from);
    from = at + token.length;
    return at;
  });
  for (
    let first = 0;
    first + RUN_TOKENS <= Math.min(tokens.length, MAX_RUNS);
    first += RUN_TOKENS / 2
  ) {
    const last = first + RUN_TOKENS - 1;
    const run = value.slice(starts[first], (starts[last] ?? 0) + (tokens[last] ?? '').length);
    if (!request.text.includes(run)) yield run;
  }
}

function spanOf({ read, normal }: PreparedRead, start: number, end: number): ReadSpan {
  const range = originalRange(normal, start, end);
  return { readId: read.id, ...range, excerpt: excerptOf(read.text.slice(range.start, range.end)) };
}
