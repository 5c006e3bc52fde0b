import { MAX_READ_CHARS } from './bounds';
import { normalise, type NormalText } from './normalise';

/** A text with the set of its tokens. */
export interface PreparedText extends NormalText {
  readonly tokens: ReadonlySet<string>;
}

const CAPACITY = 64;
const prepared = new Map<string, PreparedText>();

/** A run of letters and digits, with what joins them inside addresses, links, dates and account numbers. */
const TOKEN = /[\p{L}\p{N}]+(?:[@._+:/'-]+[\p{L}\p{N}]+)*/gu;

export function tokensOf(normalText: string): string[] {
  return normalText.match(TOKEN) ?? [];
}

/** The same read is looked at by every later call of its session: the last 64 texts are kept prepared (about 20 MB at most). */
export function prepareText(original: string): PreparedText {
  const text = original.slice(0, MAX_READ_CHARS);
  const known = prepared.get(text);
  if (known !== undefined) return known;
  const normal = normalise(text);
  const result = { ...normal, tokens: new Set(tokensOf(normal.text)) };
  if (prepared.size >= CAPACITY) prepared.delete(prepared.keys().next().value ?? '');
  prepared.set(text, result);
  return result;
}

const WORD = /[\p{L}\p{N}]/u;

/** Where `needle` stands in `text` as whole words; -1 when nowhere. */
export function findWhole(text: string, needle: string): number {
  if (needle === '') return -1;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    if (!joined(text, at - 1, needle[0]) && !joined(text, at + needle.length, needle.at(-1))) {
      return at;
    }
  }
  return -1;
}

function joined(text: string, neighbour: number, edge: string | undefined): boolean {
  return WORD.test(text[neighbour] ?? ' ') && WORD.test(edge ?? ' ');
}
