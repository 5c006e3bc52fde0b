import { MAX_READ_CHARS } from './bounds';
import { normalise, originalRange, type NormalText } from './normalise';
import { prepareText, rememberLast } from './prepared-text';

/** One way of reading a text, and how a place in it maps back to the original. */
export interface View {
  readonly text: string;
  /** Where in `text` a new line begins, ascending. */
  readonly lineStarts: readonly number[];
  readonly placeOf: (start: number, end: number) => { start: number; end: number };
}

const BASE64 = /[A-Za-z0-9+/_-]{16,8192}={0,2}/g;
const HEX = /(?:[0-9a-fA-F]{2}){8,4096}/g;
const MAX_CHUNKS = 16;
const READABLE = /^[\x20-\x7e\s\u00a0-\u024f]*$/;
/** Single letters with a blank between them: "s e n d". */
const SPACED_OUT = /(?<![\p{L}\p{N}])[\p{L}](?: [\p{L}]){3,}(?![\p{L}\p{N}])/gu;

/** The text as it stands, and what hides in it: base64 and hex that decode to readable text, and words spaced out by letters. */
export const viewsOf = rememberLast(makeViews);

function makeViews(whole: string): readonly View[] {
  const original = whole.slice(0, MAX_READ_CHARS);
  const normal = prepareText(original);
  const plain: View = {
    text: normal.text,
    lineStarts: normal.lineStarts,
    placeOf: (start, end) => originalRange(normal, start, end),
  };
  const closed = closeUp(normal);
  const parted = partGlued(original);
  return [
    plain,
    ...(closed === undefined ? [] : [closed]),
    ...(parted === undefined ? [] : [parted]),
    ...decodedViews(original),
  ];
}

/** Where one word runs into the next: `endOfOne`, `USAIgnore`, `one_two`. */
const SEAM = /(?<=\p{Ll})(?=\p{Lu}\p{Ll})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=_)(?=\p{L})/gu;

/** The text with a new line at each seam. Text that was put into other text often begins without one. */
function partGlued(original: string): View | undefined {
  const seams = [...original.matchAll(SEAM)].map(({ index }) => index);
  if (seams.length === 0) return undefined;
  const cuts = [0, ...seams];
  const parted = cuts.map((cut, at) => original.slice(cut, cuts[at + 1])).join('\n');
  const normal = normalise(parted);
  const back = (index: number): number =>
    index - seams.filter((seam, at) => seam + at < index).length;
  return {
    text: normal.text,
    lineStarts: normal.lineStarts,
    placeOf: (start, end) => {
      const place = originalRange(normal, start, end);
      return { start: back(place.start), end: back(place.end) };
    },
  };
}

function closeUp(normal: NormalText): View | undefined {
  const { text } = normal;
  const runs = [...text.matchAll(SPACED_OUT)];
  if (runs.length === 0) return undefined;
  const drop = new Set<number>();
  for (const run of runs) {
    for (let at = 1; at < run[0].length; at += 2) drop.add(run.index + at);
  }
  const offsets = [...Array(text.length).keys()].filter((at) => !drop.has(at));
  const back = (index: number): number => offsets[index] ?? text.length;
  return {
    text: offsets.map((at) => text[at]).join(''),
    lineStarts: [],
    placeOf: (start, end) => originalRange(normal, back(start), back(end)),
  };
}

const CODES = [
  { pattern: BASE64, encoding: 'base64' },
  { pattern: HEX, encoding: 'hex' },
] as const;

function decodedViews(original: string): View[] {
  const views: View[] = [];
  for (const { pattern, encoding } of CODES) {
    for (const match of original.matchAll(pattern)) {
      if (views.length >= MAX_CHUNKS) return views;
      const decoded = Buffer.from(match[0], encoding).toString('utf8');
      if (!READABLE.test(decoded) || !/[ @]|\w\.\w/.test(decoded)) continue;
      const place = { start: match.index, end: match.index + match[0].length };
      const { text, lineStarts } = normalise(decoded);
      views.push({ text, lineStarts, placeOf: () => place });
    }
  }
  return views;
}
