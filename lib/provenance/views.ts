import { normalise, originalRange } from './normalise';
import { prepareText } from './prepared-text';

/** One way of reading a text, and how a place in it maps back to the original. */
export interface View {
  readonly text: string;
  readonly placeOf: (start: number, end: number) => { start: number; end: number };
}

const BASE64 = /[A-Za-z0-9+/_-]{32,8192}={0,2}/g;
const MAX_CHUNKS = 16;
const READABLE = /^[\x20-\x7e\s\u00a0-\u024f]*$/;
/** Single letters with a blank between them: "s e n d". */
const SPACED_OUT = /(?<![\p{L}\p{N}])[\p{L}](?: [\p{L}]){3,}(?![\p{L}\p{N}])/gu;

/** The text as it stands, and what hides in it: base64 that decodes to readable text, and words spaced out by letters. */
export function viewsOf(original: string): View[] {
  const normal = prepareText(original);
  const plain: View = {
    text: normal.text,
    placeOf: (start, end) => originalRange(normal, start, end),
  };
  const closed = closeUp(normal.text);
  return [
    plain,
    ...(closed === undefined ? [] : [withPlaces(closed, plain)]),
    ...decodedViews(original),
  ];
}

interface ClosedUp {
  readonly text: string;
  readonly offsets: readonly number[];
}

function closeUp(text: string): ClosedUp | undefined {
  const runs = [...text.matchAll(SPACED_OUT)];
  if (runs.length === 0) return undefined;
  const drop = new Set<number>();
  for (const run of runs) {
    for (let at = 1; at < run[0].length; at += 2) drop.add(run.index + at);
  }
  const offsets = [...Array(text.length).keys()].filter((at) => !drop.has(at));
  return { text: offsets.map((at) => text[at]).join(''), offsets };
}

function withPlaces(closed: ClosedUp, plain: View): View {
  const at = (index: number): number => closed.offsets[index] ?? plain.text.length;
  return { text: closed.text, placeOf: (start, end) => plain.placeOf(at(start), at(end)) };
}

function decodedViews(original: string): View[] {
  const views: View[] = [];
  for (const match of original.matchAll(BASE64)) {
    if (views.length >= MAX_CHUNKS) break;
    const decoded = Buffer.from(match[0], 'base64').toString('utf8');
    if (!READABLE.test(decoded) || !decoded.includes(' ')) continue;
    const place = { start: match.index, end: match.index + match[0].length };
    views.push({ text: normalise(decoded).text, placeOf: () => place });
  }
  return views;
}
