import { excerptOf } from './bounds';
import { rememberLast } from './prepared-text';
import type { OrderSpan, Read, ReadSpan } from './types';
import { VERBS } from './verbs';
import { viewsOf, type View } from './views';

/** A sentence of normal text that tells its reader to act; `end` exclusive. */
export interface Directive {
  readonly start: number;
  readonly end: number;
  readonly verb: string;
}

const MAX_DIRECTIVES = 1_000;
/** An order goes on for at most this long, in characters. */
const MAX_SENTENCE = 400;
/** A first sentence as short as this is a salutation or an abbreviation: what follows still belongs to the order. */
const MIN_SENTENCE = 60;
const LEAD_CHARS = 80;
const MAX_VERBS = 16;

const WORD_OF_ACTION = new RegExp(
  `\\b(?:${VERBS.join('|')})\\b(?! ?[:=,.|)]| (?:of|at|is|was|are|were|has|had|by)\\b)`,
  'g',
);

/** Right before an imperative: the beginning of a sentence, and what may stand between it and the verb. */
const AT_BEGINNING =
  /(?:^ ?|[.!?:;>)\]}"'*|,•·-] ?)(?:(?:please|pls|kindly|now|first|firstly|second|then|next|also|and|but|or|after that|afterwards|finally|lastly|do|just|simply|immediately|instead|always|so|never|do not|don't|urgent|important|note|tasks?|to ?-?do|action|step \d+|\d{1,2}|go ahead and|feel free to|proceed to)[.,:;!)]* ?)*$/;
/** Somebody is told, asked or wished to do it. */
const TOLD =
  /\b(?:please|pls|kindly|you (?:must|should|need to|have to|ought to|are (?:\w+ )?(?:required|asked|instructed|expected|ordered|authori[sz]ed|to)(?: to)?|will(?: now)?|shall)|(?:can|could|would|will) you|make sure (?:to|you|that you)|be sure to|ensure (?:that )?you|(?:i|we)(?:'d| would| will)? (?:need|want|like|ask|expect|require) you to|remember to|(?:do not|don't) forget to|your (?:\w+ )?(?:task|job|goal|duty|assignment|mission) (?:is|now is|will be) to|let's|it is (?:\w+ )?(?:required|necessary|important|mandatory) (?:to|that you)|(?:agent|assistant|model|ai|bot|reader|recipient|whoever \w+ this)s? (?:\w+ )?(?:must|should|shall|needs? to|has to|have to|will|is to|are to))(?: (?:also|first|then|now|immediately|kindly|please|not|always|instead|still))*(?: [a-z]+ (?:and|or))? $/;

export const directivesIn = rememberLast((text: string) => {
  const [plain, ...hidden] = viewsOf(text);
  return plain === undefined ? [] : [plain, ...hidden].map((view) => directivesOf(view));
});

/** The sentences of a view that tell their reader to act. Linear: each verb looks a bounded way back and ahead. */
function directivesOf(view: View): readonly Directive[] {
  const found: Directive[] = [];
  let line = 0;
  for (const match of view.text.matchAll(WORD_OF_ACTION)) {
    if (found.length >= MAX_DIRECTIVES) break;
    while ((view.lineStarts[line] ?? Infinity) <= match.index) line += 1;
    const lineStart = view.lineStarts[line - 1] ?? 0;
    if (!isTold(view.text, match.index, lineStart)) continue;
    const start = sentenceStart(view, match.index);
    found.push({ start, end: sentenceEnd(view, match.index), verb: match[0] });
  }
  return found;
}

function isTold(text: string, at: number, lineStart: number): boolean {
  const line = text.slice(Math.max(lineStart, at - LEAD_CHARS), at);
  const cut = at - LEAD_CHARS > lineStart;
  if (AT_BEGINNING.test(cut ? `x${line}` : line)) return true;
  return TOLD.test(text.slice(Math.max(0, at - LEAD_CHARS), at));
}

/** Back to the end of the sentence before, or the beginning of the paragraph or field. */
function sentenceStart({ text, lineStarts }: View, at: number): number {
  const from = Math.max(0, at - MAX_SENTENCE / 2);
  const before = text.slice(from, at);
  const stop = [...before.matchAll(/[.!?] /g)].at(-1);
  const sentence = stop === undefined ? from : from + stop.index + 2;
  const field = linesWithin(lineStarts, from, at).findLast((line) => beginsField(text, line)) ?? 0;
  return Math.max(sentence, field);
}

function sentenceEnd({ text, lineStarts }: View, at: number): number {
  const ahead = linesWithin(lineStarts, at + 1, at + MAX_SENTENCE);
  const field = ahead.find((line) => beginsField(text, line)) ?? text.length;
  const rest = text.slice(at, Math.min(at + MAX_SENTENCE, field));
  let from = 0;
  for (const stop of rest.matchAll(/[.!?](?= |$)/g)) {
    const end = stop.index + 1;
    if (end > MIN_SENTENCE && (from > MIN_SENTENCE || !SPECIFIES.test(rest.slice(end)))) {
      return at + end;
    }
    from = end;
  }
  return at + rest.length;
}

/** Those of the ascending line starts that lie from `from` to `to`, both included; found by halving. */
function linesWithin(lineStarts: readonly number[], from: number, to: number): readonly number[] {
  let [low, high] = [0, lineStarts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((lineStarts[end] ?? Infinity) <= to) end += 1;
  return lineStarts.slice(low, end);
}

/** The next sentence says how the thing ordered is to be. */
const SPECIFIES =
  /^ [^.!?]{0,60}\b(?:should|must|shall|has to|have to|needs? to|will) (?:be|have|say|read|contain|include)\b/;

/** `- owner: Ann`: records go from field to field, and a sentence does not go on in the next one. */
function beginsField(text: string, line: number): boolean {
  return (
    /^(?:[-*] ?)?["']?[\p{L}_]{1,24}["']?: /u.test(text.slice(line, line + 32)) ||
    /^[-*] /.test(text.slice(line, line + 2))
  );
}

/** The order that holds a place of a view, if one does. */
export function orderAt(
  directives: readonly Directive[],
  view: View,
  read: Read,
  place: { start: number; end: number },
): OrderSpan | undefined {
  const holders = directives.filter(({ start, end }) => start <= place.start && place.start < end);
  const holder = holders.at(-1);
  if (holder === undefined) return undefined;
  const range = view.placeOf(holder.start, holder.end);
  return {
    readId: read.id,
    ...range,
    excerpt: excerptOf(read.text.slice(range.start, range.end), 400),
    verbs: [...new Set(holders.map(({ verb }) => verb))].slice(0, MAX_VERBS),
  };
}

/** The first order in the reads that meets a condition, newest read first; at most one a read. */
export function ordersIn(reads: readonly Read[], meets: (sentence: string) => boolean): ReadSpan[] {
  return reads.toReversed().flatMap((read) => {
    for (const [index, view] of viewsOf(read.text).entries()) {
      const found = directivesIn(read.text)[index]?.find(({ start, end }) =>
        meets(view.text.slice(start, end)),
      );
      if (found === undefined) continue;
      const range = view.placeOf(found.start, found.end);
      return [
        {
          readId: read.id,
          ...range,
          excerpt: excerptOf(read.text.slice(range.start, range.end), 400),
        },
      ];
    }
    return [];
  });
}
