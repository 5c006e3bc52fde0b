import { boundedReads } from './bounded-reads';
import { excerptOf } from './bounds';
import { comparable } from './comparable';
import { Effort } from './effort';
import { findInReads, isIdentifier, type Found } from './find-in-reads';
import { detectInstructions } from './instructions';
import { leavesOf, type Leaf, type Leaves } from './leaves';
import { roleOf } from './role';
import { findWhole, prepareText, tokensOf, type PreparedText } from './prepared-text';
import type { ArgumentOrigin, Origin, Provenance, Read } from './types';

export interface ProvenanceInput {
  /** The trusted text of the session: what the person asked for. */
  readonly request: string;
  /** Text from outside, oldest first; the newest 32 count, of each the first 64 kB, 256 kB together. */
  readonly reads: readonly Read[];
  readonly arguments: unknown;
  /** What the call is about, beside its arguments. Paths of its values begin with `resource`. */
  readonly resource?: unknown;
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
 * Deterministic; bounded by `bounds.ts` and `effort.ts`. What lies beyond the bounds could be anything: arguments that were not
 * looked at, and unknown ones beside text that was not looked at, count as third-party.
 */
export function assessProvenance(input: ProvenanceInput): Provenance {
  const request = prepareText(input.request);
  const bounded = boundedReads(input.reads);
  const reads = bounded.reads.map((read): Read => ({
    ...read,
    named: read.named === true && detectInstructions(read.text).score === 0,
  }));
  const { leaves, complete } = leavesOfCall(input);
  const effort = new Effort();
  const surroundings = { leaves, request, reads, effort };
  const origins = withSplitValues(
    leaves.map((leaf) => originOf(leaf, surroundings)),
    surroundings,
  );
  const has = (wanted: Origin): boolean => origins.some(({ origin }) => origin === wanted);
  const unsought = effort.spent || (bounded.more && has('unknown'));
  const unseen = reads.length > 0 && (!complete || unsought);
  return { arguments: origins, thirdPartyOnly: has('third_party') || unseen, unseen };
}

/** A value does as much in the resource as in an argument. An id that is only a word names a kind of thing, and everybody writes it. */
function leavesOfCall({ arguments: given, resource }: ProvenanceInput): Leaves {
  const [first, second] = [leavesOf(given), leavesOf(resource ?? {})];
  const about = second.leaves
    .filter(({ path, value }) => path !== '/id' || isIdentifier(comparable(String(value))))
    .map((leaf) => ({ ...leaf, path: `resource${leaf.path}` }));
  return {
    leaves: [...first.leaves, ...about],
    complete: first.complete && second.complete,
  };
}

interface Surroundings {
  readonly leaves: readonly Leaf[];
  readonly request: PreparedText;
  readonly reads: readonly Read[];
  readonly effort: Effort;
}

function originOf(leaf: Leaf, { request, reads, effort }: Surroundings): ArgumentOrigin {
  const whole = String(leaf.value);
  const base = { path: leaf.path, value: excerptOf(whole) };
  if (leaf.value === null || typeof leaf.value === 'boolean') return { ...base, origin: 'derived' };
  const value = comparable(whole);
  if (findWhole(request.text, value) !== -1) return { ...base, origin: 'request' };
  if (isWorkedOut(value, whole) || mostlyIn(value, request)) return { ...base, origin: 'derived' };
  const found = findInReads(value, request, { reads, effort });
  return found === undefined
    ? { ...base, origin: 'unknown' }
    : { ...base, origin: 'third_party', role: roleOf(value), ...withoutUndefined(found) };
}

function withoutUndefined({
  order,
  ...found
}: Found): Omit<ArgumentOrigin, 'path' | 'value' | 'origin'> {
  return order === undefined ? found : { ...found, order };
}

/** An address cut in two and handed over in neighbouring arguments is still the address. */
function withSplitValues(
  origins: readonly ArgumentOrigin[],
  { leaves, request, reads, effort }: Surroundings,
): readonly ArgumentOrigin[] {
  return origins.map((argument, index) => {
    const next = leaves[index + 1];
    const own = argument.origin === 'unknown' || argument.origin === 'derived';
    if (!own || typeof next?.value !== 'string') return argument;
    const value = comparable(`${String(leaves[index]?.value)}${next.value}`);
    if (/\s/.test(value) || !isIdentifier(value) || request.tokens.has(value)) return argument;
    const found = findInReads(value, request, { reads, effort });
    return found?.whole === true
      ? { ...argument, origin: 'third_party', role: 'target', ...withoutUndefined(found) }
      : argument;
  });
}

const DATE_OR_TIME =
  /^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$|^\d{1,2}:\d{2}$/;
/** Compared with its case: `private` is a choice an agent makes, `Ann` is somebody. */
const SHORT_WORD = /^[a-z_]{0,8}$/;
const SMALL_NUMBER = /^-?\d{1,3}(?:\.\d{1,2})?$/;

function isWorkedOut(value: string, original: string): boolean {
  return DATE_OR_TIME.test(value) || SHORT_WORD.test(original) || SMALL_NUMBER.test(value);
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
