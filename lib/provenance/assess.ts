import { MAX_READS, MAX_READ_CHARS, MAX_VALUE_CHARS, excerptOf } from './bounds';
import { findInReads, type PreparedRead } from './find-in-reads';
import { leavesOf, type Leaf } from './leaves';
import { normalise } from './normalise';
import { findWhole, prepareText, tokensOf, type PreparedText } from './prepared-text';
import type { ArgumentOrigin, Origin, Provenance, Read } from './types';

export interface ProvenanceInput {
  /** The trusted text of the session: what the person asked for. */
  readonly request: string;
  /** Text from outside, oldest first; the newest 32 count, of each the first 64 kB. */
  readonly reads: readonly Read[];
  readonly arguments: unknown;
}

/**
 * Where each scalar leaf of the arguments came from.
 *
 * | origin        | when                                                                                          |
 * |---------------|-----------------------------------------------------------------------------------------------|
 * | `request`     | the request says it, as whole words, after normalisation                                      |
 * | `derived`     | at least 7 of 10 of its words are in the request; or it is a flag, a date, a time, a short     |
 * |               | word or a small number, which an agent works out                                              |
 * | `third_party` | it, an address in it, or a run of 6 of its words is in a read, and not in the request          |
 * | `unknown`     | none of these                                                                                 |
 *
 * Deterministic; bounded by `bounds.ts`. What lies beyond the bounds could be anything: arguments that were not looked at,
 * and unknown ones beside text that was not looked at, count as third-party.
 */
export function assessProvenance(input: ProvenanceInput): Provenance {
  const request = prepareText(input.request);
  const reads = input.reads
    .slice(-MAX_READS)
    .map((read): PreparedRead => ({ read, normal: prepareText(read.text) }));
  const { leaves, complete } = leavesOf(input.arguments);
  const origins = leaves.map((leaf) => originOf(leaf, request, reads));
  const has = (wanted: Origin): boolean => origins.some(({ origin }) => origin === wanted);
  const unseen = reads.length > 0 && (!complete || (hasMore(input.reads) && has('unknown')));
  return { arguments: origins, thirdPartyOnly: has('third_party') || unseen };
}

function hasMore(reads: readonly Read[]): boolean {
  return reads.length > MAX_READS || reads.some(({ text }) => text.length > MAX_READ_CHARS);
}

function originOf(
  leaf: Leaf,
  request: PreparedText,
  reads: readonly PreparedRead[],
): ArgumentOrigin {
  const whole = String(leaf.value);
  const base = { path: leaf.path, value: excerptOf(whole) };
  if (leaf.value === null || typeof leaf.value === 'boolean') return { ...base, origin: 'derived' };
  const value = withoutScheme(normalise(whole.slice(0, MAX_VALUE_CHARS)).text.trim());
  if (findWhole(request.text, value) !== -1) return { ...base, origin: 'request' };
  if (isWorkedOut(value, whole) || mostlyIn(value, request)) return { ...base, origin: 'derived' };
  const span = findInReads(value, request, reads);
  return span === undefined
    ? { ...base, origin: 'unknown' }
    : { ...base, origin: 'third_party', span };
}

const DATE_OR_TIME =
  /^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$|^\d{1,2}:\d{2}$/;
/** Compared with its case: `private` is a choice an agent makes, `Ann` is somebody. */
const SHORT_WORD = /^[a-z_]{0,8}$/;
const SMALL_NUMBER = /^-?\d{1,3}(?:\.\d{1,2})?$/;

function isWorkedOut(value: string, original: string): boolean {
  return DATE_OR_TIME.test(value) || SHORT_WORD.test(original) || SMALL_NUMBER.test(value);
}

/** People write `example.org/x`, programs `https://example.org/x/`. */
function withoutScheme(value: string): string {
  return /^[a-z][a-z0-9+.-]{1,10}:\/\/\S+$/.test(value)
    ? value.replace(/^[a-z0-9+.-]+:\/\//, '').replace(/\/+$/, '')
    : value;
}

const MOSTLY = 0.7;

/** An address or number is said or not said; only words can be mostly from the request. */
function mostlyIn(value: string, request: PreparedText): boolean {
  const tokens = tokensOf(value).filter((token) => token.length > 2);
  if (tokens.length === 0) return false;
  const said = tokens.filter((token) => request.tokens.has(token));
  const identifiers = tokens.filter((token) => /[\d@/]|\w\.\w/.test(token));
  return (
    said.length / tokens.length >= MOSTLY && identifiers.every((token) => said.includes(token))
  );
}
