/** Text in the form in which it is compared, with the way back to the original. */
export interface NormalText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, the index in the original it came from. */
  readonly offsets: Uint32Array;
  /** Length of the original in UTF-16 units. */
  readonly originalLength: number;
}

/** Zero-width, joiner, direction, tag and variation characters: they change what a program sees, not what a person sees. */
const INVISIBLE = /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
const MARK = /\p{M}/u;
const SPACE = /\s/u;

/** Letters of other scripts that look like Latin ones in most typefaces. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    ѕ: 's',
    т: 't',
    у: 'y',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    γ: 'y',
    ı: 'i',
    ɡ: 'g',
    ո: 'n',
    օ: 'o',
    ѡ: 'w',
    '‘': "'",
    '’': "'",
    '“': '"',
    '”': '"',
    '–': '-',
    '—': '-',
    '‐': '-',
    '‑': '-',
  }),
);

/**
 * Lower case, compatibility forms unfolded, accents and invisible characters dropped, look-alike letters folded to Latin,
 * white space collapsed. Linear in the length.
 * @example normalise('Ig\u200bnоre').text // 'ignore' (with a Cyrillic o)
 */
export function normalise(original: string): NormalText {
  const units: string[] = [];
  const offsets: number[] = [];
  let spaced = true;
  let index = 0;
  for (const character of original) {
    for (const unit of fold(character)) {
      const space = SPACE.test(unit);
      if (space && spaced) continue;
      spaced = space;
      units.push(space ? ' ' : unit);
      for (let at = 0; at < (space ? 1 : unit.length); at += 1) offsets.push(index);
    }
    index += character.length;
  }
  return { text: units.join(''), offsets: Uint32Array.from(offsets), originalLength: index };
}

function fold(character: string): string {
  if (character < '\u0080') return character.toLowerCase();
  if (INVISIBLE.test(character)) return '';
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase()) {
    if (!MARK.test(part)) folded += LOOKALIKES.get(part) ?? part;
  }
  return folded;
}

/** The place in the original of a place in the normal text; `end` exclusive. */
export function originalRange(
  normal: NormalText,
  start: number,
  end: number,
): { start: number; end: number } {
  const from = normal.offsets[start] ?? normal.originalLength;
  const last = normal.offsets[end] ?? normal.originalLength;
  return { start: from, end: Math.max(last, from) };
}
