import { escapeAt } from './escapes';

/** Text in the form in which it is compared, with the way back to the original. */
export interface NormalText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, the index in the original it came from. */
  readonly offsets: Uint32Array;
  /** Where in `text` a line of the original begins that is not merely wrapped, ascending; the first line is left out. */
  readonly lineStarts: readonly number[];
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
 * escapes of JSON, addresses and HTML undone, white space collapsed. Linear in the length.
 * @example normalise('Ig\u200bn\u043ere').text // 'ignore' (with a Cyrillic o)
 */
export function normalise(original: string): NormalText {
  return PLAIN.test(original) ? normalisePlain(original) : normaliseAll(original);
}

/** One line of ASCII without escapes and without blanks to collapse: only its case changes. Most arguments are such. */
const PLAIN = /^(?! )(?:(?!  )[ -$'-[\]-~])*$/;

function normalisePlain(original: string): NormalText {
  const offsets = new Uint32Array(original.length);
  for (let index = 1; index < offsets.length; index += 1) offsets[index] = index;
  const text = original.toLowerCase();
  return { text, offsets, lineStarts: [], originalLength: original.length };
}

function normaliseAll(original: string): NormalText {
  const units: string[] = [];
  const offsets: number[] = [];
  const lines = new LineStarts();
  let spaced = true;
  for (let index = 0; index < original.length;) {
    const { character, length } = characterAt(original, index);
    lines.see(character, offsets.length);
    for (const unit of fold(character)) {
      const space = SPACE.test(unit);
      if (space && spaced) continue;
      spaced = space;
      units.push(space ? ' ' : unit);
      for (let at = 0; at < (space ? 1 : unit.length); at += 1) offsets.push(index);
    }
    index += length;
  }
  return {
    text: units.join(''),
    offsets: Uint32Array.from(offsets),
    lineStarts: lines.found,
    originalLength: original.length,
  };
}

/** A line that only goes on where the one before was full is no beginning: it starts small, in the middle of a sentence. */
class LineStarts {
  readonly found: number[] = [];
  #breaks = 0;
  #last = '';

  see(character: string, at: number): void {
    if (character === '\n') this.#breaks += 1;
    if (SPACE.test(character)) return;
    const goesOn =
      this.#breaks < 2 && /\p{Ll}/u.test(character) && /[\p{L}\p{N},]/u.test(this.#last);
    if (this.#breaks > 0 && !goesOn) this.found.push(at);
    this.#breaks = 0;
    this.#last = character;
  }
}

function characterAt(text: string, index: number): { character: string; length: number } {
  const escape = escapeAt(text, index);
  if (escape !== undefined) return escape;
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
  return { character, length: character.length };
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
