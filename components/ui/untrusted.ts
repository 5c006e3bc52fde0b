/**
 * Finds what a reader cannot see, or what makes text look like something else: invisible, direction-changing and control
 * characters, hidden tag text, floods of combining marks, words and addresses that mix look-alike alphabets, and unusual forms of
 * Latin letters. Pure.
 */
import { t, texts } from '@/lib/client/language';

export type MarkKind =
  'bidi' | 'invisible' | 'control' | 'hidden-text' | 'combining' | 'mixed-script';

export type UntrustedSegment =
  | { kind: 'text'; text: string }
  /** `text` is the original; `label` says in words what stands there. */
  | { kind: MarkKind; text: string; label: string };

const BIDI_NAMES: Readonly<Record<number, string>> = texts({
  0x061c: 'Arabic letter mark',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop isolate',
});
const INVISIBLE_NAMES: Readonly<Record<number, string>> = texts({
  0x00a0: 'no-break space',
  0x00ad: 'soft hyphen',
  0x034f: 'grapheme joiner',
  0x115f: 'Hangul filler',
  0x1160: 'Hangul filler',
  0x17b4: 'invisible vowel',
  0x17b5: 'invisible vowel',
  0x180e: 'vowel separator',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202f: 'narrow no-break space',
  0x205f: 'mathematical space',
  0x2060: 'word joiner',
  0x2800: 'blank Braille pattern',
  0x3000: 'ideographic space',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark',
  0xffa0: 'Hangul filler',
  0xfffc: 'object replacement',
});
/** Combining marks in a row that are more than any language needs. */
const COMBINING_LIMIT = 4;

const hex = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
const inside = (code: number, from: number, to: number) => code >= from && code <= to;

function markOf(code: number): { kind: MarkKind; name: string } | null {
  const bidi = BIDI_NAMES[code];
  if (bidi) return { kind: 'bidi', name: bidi };
  const invisible = INVISIBLE_NAMES[code];
  if (invisible) return { kind: 'invisible', name: invisible };
  if (inside(code, 0xe0020, 0xe007e)) return { kind: 'hidden-text', name: t('tag characters') };
  if (code === 0x0a || code === 0x09) return null;
  if (code < 0x20 || inside(code, 0x7f, 0x9f))
    return { kind: 'control', name: t('control character') };
  if (inside(code, 0x2000, 0x200a) || code === 0x1680)
    return { kind: 'invisible', name: t('unusual space') };
  if (inside(code, 0x2061, 0x206f)) return { kind: 'invisible', name: t('invisible operator') };
  if (inside(code, 0xfe00, 0xfe0f) || inside(code, 0x180b, 0x180f) || inside(code, 0xe0100, 0xe01ef))
    return { kind: 'invisible', name: t('variation selector') };
  if (inside(code, 0xfff9, 0xfffb)) return { kind: 'invisible', name: t('interlinear annotation') };
  if (inside(code, 0xe0000, 0xe0fff)) return { kind: 'invisible', name: t('tag character') };
  if (inside(code, 0xd800, 0xdfff)) return { kind: 'control', name: t('broken surrogate') };
  if (inside(code, 0xe000, 0xf8ff) || code >= 0xf0000)
    return { kind: 'control', name: t('private use character') };
  if ((code & 0xfffe) === 0xfffe || inside(code, 0xfdd0, 0xfdef))
    return { kind: 'control', name: t('noncharacter') };
  return null;
}

const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u;
/** The joiner and the selector inside an emoji are part of what is seen. */
function belongsToEmoji(
  code: number,
  before: string | undefined,
  after: string | undefined,
): boolean {
  if (before === undefined) return false;
  const follows = PICTOGRAPH.test(before) || before === '\ufe0f';
  if (code === 0xfe0f) return follows || /[0-9#*]/.test(before);
  return code === 0x200d && follows && after !== undefined && PICTOGRAPH.test(after);
}

function markLabel(mark: { kind: MarkKind; name: string }, run: readonly string[]): string {
  if (mark.kind === 'hidden-text') {
    const hidden = run
      .map((char) => String.fromCharCode((char.codePointAt(0) ?? 0) - 0xe0000))
      .join('');
    return t('hidden text: {hidden}', { hidden });
  }
  const times = run.length > 1 ? ` ×${run.length}` : '';
  return `${mark.name} ${hex(run[0]?.codePointAt(0) ?? 0)}${times}`;
}

const COMBINING = /\p{Mn}|\p{Me}/u;

function plainRunEnd(chars: readonly string[], from: number): number {
  let index = from;
  let combining = 0;
  for (; index < chars.length; index += 1) {
    const char = chars[index]!;
    const code = char.codePointAt(0)!;
    if (code >= 0x300 && COMBINING.test(char)) combining += 1;
    else combining = 0;
    if (combining > COMBINING_LIMIT) return index;
    if (markOf(code) && !belongsToEmoji(code, chars[index - 1], chars[index + 1])) return index;
  }
  return index;
}

/** Alphabets with letters that look like Latin ones. */
const LOOKALIKE =
  '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}\\p{Script=Coptic}';
const HAS_LOOKALIKE = new RegExp(`[${LOOKALIKE}]`, 'u');
const WORD_MIX = new RegExp(
  `\\p{Script=Latin}[\\p{L}\\p{M}]*[${LOOKALIKE}]|[${LOOKALIKE}][\\p{L}\\p{M}]*\\p{Script=Latin}`,
  'u',
);
/** What is no word but an address or a host: there a whole label in another alphabet passes for another address. */
const ADDRESS = /^[^\s]*[^\s.@][.@][^\s.@]/u;
const LATIN = /\p{Script=Latin}/u;
/** Full-width, mathematical and circled letters: shapes of Latin letters that are other characters. */
const SHAPED = /[\uff01-\uff5e\u2460-\u24ff\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}]/u;
/** A word longer than this is not searched for mixed alphabets, to bound the work. */
const WORD_LIMIT = 200;

function splitMixedScript(text: string): UntrustedSegment[] {
  if (!HAS_LOOKALIKE.test(text) && !SHAPED.test(text)) return [{ kind: 'text', text }];
  const parts = text.split(/(\s+)/u);
  return parts.flatMap((part): UntrustedSegment[] => {
    if (part === '') return [];
    const label = part.length > WORD_LIMIT ? undefined : disguiseOf(part);
    return label === undefined
      ? [{ kind: 'text', text: part }]
      : [{ kind: 'mixed-script', text: part, label }];
  });
}

function disguiseOf(word: string): string | undefined {
  if (SHAPED.test(word))
    return t('{word}: unusual letters that read “{plain}”', {
      word,
      plain: word.normalize('NFKC'),
    });
  const address = ADDRESS.test(word) && HAS_LOOKALIKE.test(word) && LATIN.test(word);
  return address || WORD_MIX.test(word)
    ? t('{word}: mixes alphabets that look alike', { word })
    : undefined;
}

function joinText(segments: readonly UntrustedSegment[]): UntrustedSegment[] {
  const joined: UntrustedSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (segment.kind === 'text' && last?.kind === 'text') last.text += segment.text;
    else joined.push({ ...segment });
  }
  return joined;
}

/**
 * Splits a text into what can be shown as it is and what needs a label. The texts of all segments joined are the input.
 * @example revealUntrusted('pay\u202Etxt') // text "pay", mark "right-to-left override U+202E", text "txt"
 */
export function revealUntrusted(text: string): UntrustedSegment[] {
  const chars = Array.from(text);
  const segments: UntrustedSegment[] = [];
  let index = 0;
  while (index < chars.length) {
    const end = plainRunEnd(chars, index);
    if (end > index) segments.push(...splitMixedScript(chars.slice(index, end).join('')));
    index = end;
    const char = chars[index];
    if (char === undefined) break;
    const mark = markOf(char.codePointAt(0)!);
    const run = [char];
    const same = (next: string) =>
      mark?.kind === 'hidden-text'
        ? markOf(next.codePointAt(0)!)?.kind === 'hidden-text'
        : mark
          ? next === char
          : COMBINING.test(next);
    while (chars[index + run.length] !== undefined && same(chars[index + run.length]!))
      run.push(chars[index + run.length]!);
    segments.push(
      mark
        ? { kind: mark.kind, text: run.join(''), label: markLabel(mark, run) }
        : {
            kind: 'combining',
            text: run.join(''),
            label: t('combining marks ×{times}', { times: run.length }),
          },
    );
    index += run.length;
  }
  return joinText(segments);
}
