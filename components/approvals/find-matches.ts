import type { ArgumentRow } from './argument-rows';

/** A place in a text. Offsets are UTF-16 units, `end` exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A part of a value with the places that were found in it. */
export interface FoundPart {
  /** The line it begins in, from 1. */
  readonly line: number;
  readonly text: string;
  readonly matches: readonly Match[];
}

export interface FoundValue {
  readonly row: ArgumentRow;
  /** Places in its text; 0 when only its name has the words. */
  readonly places: number;
  /** The parts around the first places; none when only its name has the words. */
  readonly parts: readonly FoundPart[];
  /** Places beyond those parts. */
  readonly more: number;
}

const AROUND = 90;
const MOST_PARTS = 12;

/** The values whose name or text has the words, whatever their case, in the order of the values. Blank words find nothing. */
export function findValues(rows: readonly ArgumentRow[], words: string): FoundValue[] {
  if (words.trim() === '') return [];
  return rows.flatMap((row) => {
    const matches = matchesOf(row.value.text, words);
    if (matches.length === 0 && matchesOf(row.label, words).length === 0) return [];
    const parts = partsAround(row.value.text, matches);
    const listed = parts.reduce((sum, part) => sum + part.matches.length, 0);
    return [{ row, places: matches.length, parts, more: matches.length - listed }];
  });
}

/** Every place of the words in a text, none overlapping another. */
export function matchesOf(text: string, words: string): Match[] {
  const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

function partsAround(text: string, matches: readonly Match[]): FoundPart[] {
  const parts: { from: number; to: number; matches: Match[] }[] = [];
  for (const match of matches) {
    const from = Math.max(0, match.start - AROUND);
    const to = Math.min(text.length, match.end + AROUND);
    const last = parts.at(-1);
    if (last !== undefined && from <= last.to) {
      last.to = to;
      last.matches.push(match);
    } else {
      if (parts.length === MOST_PARTS) break;
      parts.push({ from, to, matches: [match] });
    }
  }
  return parts.map(({ from, to, matches: inside }) => {
    const start = wholeCharacter(text, from);
    return {
      line: text.slice(0, start).split('\n').length,
      text: text.slice(start, wholeCharacter(text, to)),
      matches: inside.map((match) => ({ start: match.start - start, end: match.end - start })),
    };
  });
}

/** Moves an offset back so that it does not split a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : at;
}
