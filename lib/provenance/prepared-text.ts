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

export const prepareText = rememberLast(prepare);

/** Of the texts whose results are kept, all together: about 40 MB of memory at most. */
const KEPT_CHARS = 2_000_000;

/** The same read is looked at by every later call of its session: what was made of the texts used last is kept. */
export function rememberLast<Result>(make: (text: string) => Result): (text: string) => Result {
  const kept = new Map<string, Result>();
  let chars = 0;
  return (text) => {
    const known = kept.get(text);
    const result = known ?? make(text);
    if (known === undefined) chars += text.length;
    kept.delete(text);
    kept.set(text, result);
    for (const oldest of kept.keys()) {
      if (chars <= KEPT_CHARS || oldest === text) break;
      kept.delete(oldest);
      chars -= oldest.length;
    }
    return result;
  };
}

const WORD = /[\p{L}\p{N}]/u;

/**
 * Where `needle` stands in `text` as whole words, from `from` on; -1 when nowhere.
 *
 * @param visit is told of each place where it stands, also inside a longer word
 */
export function findWhole(
  text: string,
  needle: string,
  from = 0,
  visit: () => void = () => undefined,
): number {
  if (needle === '') return -1;
  for (let at = text.indexOf(needle, from); at !== -1; at = text.indexOf(needle, at + 1)) {
    visit();
    if (!joined(text, at - 1, needle[0]) && !joined(text, at + needle.length, needle.at(-1))) {
      return at;
    }
  }
  return -1;
}

function joined(text: string, neighbour: number, edge: string | undefined): boolean {
  return WORD.test(text[neighbour] ?? ' ') && WORD.test(edge ?? ' ');
}
