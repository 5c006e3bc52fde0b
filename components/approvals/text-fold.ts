/** Folding of one long value: both ends stay, and the cue says how much lies between and whether something hides there. */
export interface FoldedText {
  readonly head: string;
  readonly folded: {
    readonly text: string;
    readonly characters: number;
    readonly lines: number;
  } | null;
  readonly tail: string;
}

/** Texts up to this size are shown whole. */
const FOLD_CHARACTERS = 900;
const FOLD_LINES = 14;
const HEAD = { characters: 520, lines: 8 };
const TAIL = { characters: 260, lines: 4 };

/** `head + folded.text + tail` is always the text, to the last character. */
export function foldText(text: string): FoldedText {
  const lines = countLines(text);
  if (text.length <= FOLD_CHARACTERS && lines <= FOLD_LINES) {
    return { head: text, folded: null, tail: '' };
  }
  const headEnd = wholeCharacter(text, Math.min(HEAD.characters, afterLines(text, HEAD.lines)));
  const tailStart = wholeCharacter(
    text,
    Math.max(headEnd, text.length - TAIL.characters, beforeLastLines(text, TAIL.lines)),
  );
  const middle = text.slice(headEnd, tailStart);
  return {
    head: text.slice(0, headEnd),
    folded: { text: middle, characters: Array.from(middle).length, lines: countLines(middle) },
    tail: text.slice(tailStart),
  };
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function afterLines(text: string, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}

function beforeLastLines(text: string, lines: number): number {
  let at = text.length;
  for (let line = 0; line < lines; line += 1) {
    at = text.lastIndexOf('\n', at - 1);
    if (at <= 0) return 0;
  }
  return at + 1;
}

/** What belongs to the character before it: marks, joiners, selectors, skin tones, the second half of a surrogate pair. */
const GOES_ON = /^[\p{M}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}\udc00-\udfff]/u;
/** A character made of more than this may be cut. */
const LONGEST_CHARACTER = 40;

/** Moves an offset back so that it does not split what is seen as one character. */
function wholeCharacter(text: string, from: number): number {
  for (let at = from; at > 0 && from - at < LONGEST_CHARACTER; at -= 1)
    if (!GOES_ON.test(text.slice(at, at + 2)) && text[at - 1] !== '\u200d') return at;
  return from;
}
