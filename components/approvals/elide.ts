/** Shortening that always says how much it left out, and keeps both ends: the dangerous part of a command is often its end. */

export interface Elided {
  readonly head: string;
  /** Characters (Unicode code points) left out; 0 when nothing was. */
  readonly omitted: number;
  readonly tail: string;
}

/** How far a cut moves to fall between two words; a longer word is cut where it stands. */
const LONGEST_STEP = 14;

/** Where a head that may be `end` long ends: before the space in front of the word it would cut. */
function endOfWord(points: readonly string[], end: number): number {
  if (isSpace(points[end])) return end;
  const space = points.slice(0, end).findLastIndex(isSpace);
  return space > 0 && end - space <= LONGEST_STEP ? space : end;
}

/** Where a tail that should begin at `start` begins: with the whole word, so that it never shows less of the end. */
function startOfWord(points: readonly string[], start: number): number {
  if (isSpace(points[start])) return start + 1;
  const space = points.slice(0, start).findLastIndex(isSpace);
  return space > 0 && start - space <= LONGEST_STEP ? space + 1 : start;
}

function isSpace(point: string | undefined): boolean {
  return point !== undefined && /\s/.test(point);
}

/** Keeps about `max` code points of `text`, half from the start and half from the end, whole words where it can. */
function elideMiddle(text: string, max: number): Elided {
  if (text.length <= max) return { head: text, omitted: 0, tail: '' };
  const points = Array.from(text);
  if (points.length <= max) return { head: text, omitted: 0, tail: '' };
  const headLength = Math.ceil(max / 2);
  const end = endOfWord(points, headLength);
  const start = startOfWord(points, points.length - (max - headLength));
  if (start <= end) return { head: text, omitted: 0, tail: '' };
  return {
    head: points.slice(0, end).join(''),
    omitted: start - end,
    tail: points.slice(start).join(''),
  };
}

/** The same as one string, for labels: `DELETE FROM [+215 characters] OR 1=1`. */
export function elideToText(text: string, max: number): string {
  const { head, omitted, tail } = elideMiddle(text, max);
  return omitted === 0 ? head : `${head} [+${omitted.toLocaleString('en')} characters] ${tail}`;
}
