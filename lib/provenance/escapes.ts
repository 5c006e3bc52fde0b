/** Ways of writing one character as several, common where text travels inside JSON, links and web pages. */
export interface Escape {
  readonly character: string;
  /** How many UTF-16 units of the text stand for it. */
  readonly length: number;
}

const LONGEST = 10;
/** What a backslash makes of the next character; at the end of a line and before a blank it only folds the text. */
const AFTER_BACKSLASH: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\n',
  t: '\t',
  '"': '"',
  '\n': ' ',
  ' ': ' ',
};
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  colon: ':',
  sol: '/',
  hyphen: '-',
};

type Rule = (rest: string) => Escape | undefined;

/** By the character an escape begins with. */
const RULES: Readonly<Record<string, Rule>> = {
  '\\': (rest) => {
    const letter = AFTER_BACKSLASH[rest[1] ?? ''];
    if (letter !== undefined) return { character: letter, length: 2 };
    return (
      numbered(/^\\u([0-9a-f]{4})/i.exec(rest), 16) ?? numbered(/^\\x([0-9a-f]{2})/i.exec(rest), 16)
    );
  },
  '%': (rest) => numbered(/^%([2-7][0-9a-f])/i.exec(rest), 16),
  '&': (rest) => {
    const named = /^&([a-z]{2,6});/i.exec(rest);
    const character = NAMED[(named?.[1] ?? '').toLowerCase()];
    if (named !== null && character !== undefined) return { character, length: named[0].length };
    return (
      numbered(/^&#x([0-9a-f]{1,5});/i.exec(rest), 16) ?? numbered(/^&#(\d{1,6});/.exec(rest), 10)
    );
  },
};

function numbered(match: RegExpExecArray | null, radix: number): Escape | undefined {
  if (match === null) return undefined;
  const code = Number.parseInt(match[1] ?? '', radix);
  return code >= 0x20 && code <= 0x10ffff
    ? { character: String.fromCodePoint(code), length: match[0].length }
    : undefined;
}

/** The escape that begins at this place, if one does. */
export function escapeAt(text: string, index: number): Escape | undefined {
  const rule = RULES[text[index] ?? ''];
  return rule?.(text.slice(index, index + LONGEST));
}
