import { MAX_READ_CHARS } from './bounds';
import { normalise, type NormalText } from './normalise';

/** A text with the set of its tokens. */
export interface PreparedText extends NormalText {
  readonly tokens: ReadonlySet<string>;
}

/** A run of letters and digits, with what joins them inside addresses, links, dates and account numbers. */
const TOKEN = /[\p{L}\p{N}]+(?:[@._+:/'-]+[\p{L}\p{N}]+)*/gu;

export function tokensOf(normalText: string): string[] {
  return normalText.match(TOKEN) ?? [];
}

function prepare(original: string): PreparedText {
  const normal = normalise(original.slice(0, MAX_READ_CHARS));
  return { ...normal, tokens: new Set(tokensOf(normal.text)) };
}

export const prepareText = rememberLast(64, prepare);

/** The same read is looked at by every later call of its session: what the last texts gave is kept (about 30 MB at most). */
export function rememberLast<Result>(
  capacity: number,
  make: (text: string) => Result,
): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const result = make(text);
    if (kept.size >= capacity) kept.delete(kept.keys().next().value ?? '');
    kept.set(text, result);
    return result;
  };
}

const WORD = /[\p{L}\p{N}]/u;

/** Where `needle` stands in `text` as whole words, from `from` on; -1 when nowhere. */
export function findWhole(text: string, needle: string, from = 0): number {
  if (needle === '') return -1;
  for (let at = text.indexOf(needle, from); at !== -1; at = text.indexOf(needle, at + 1)) {
    if (!joined(text, at - 1, needle[0]) && !joined(text, at + needle.length, needle.at(-1))) {
      return at;
    }
  }
  return -1;
}

function joined(text: string, neighbour: number, edge: string | undefined): boolean {
  return WORD.test(text[neighbour] ?? ' ') && WORD.test(edge ?? ' ');
}
