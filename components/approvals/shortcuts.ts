/** The keyboard of the approvals page, as a pure function from key press to command. */
import { meantKey, type OwnKeys } from './keys/own-keys';

export type Command =
  | { readonly type: 'next' | 'previous' }
  | { readonly type: 'open' | 'back' | 'help' | 'search' }
  | {
      readonly type:
        | 'approve'
        | 'edit'
        | 'together'
        | 'confirm'
        | 'confirmDeliberate'
        | 'reject'
        | 'comment'
        | 'claim'
        | 'assign'
        | 'snooze'
        | 'ask'
        | 'group'
        | 'cancel';
    };

/** What the detail pane is asking for right now. */
export type Mode =
  /** Nothing: reading. */
  | 'reading'
  /** The confirm bar of an ordinary call. */
  | 'confirming'
  /** The confirm bar of a high, critical or irreversible call. */
  | 'confirmingDeliberately'
  /** The edit, reject or comment form. */
  | 'form';

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
}

export interface KeyContext {
  readonly mode: Mode;
  /** The focus is in something one types into. */
  readonly typing: boolean;
  /** The focus is on a control for which Enter already means something. */
  readonly onControl: boolean;
  /** A dialog, menu or palette is open above the page. */
  readonly covered: boolean;
  /** Arrow keys may move through the list: the focus is not in something that scrolls with them. */
  readonly arrowsMove: boolean;
  /** Single-key shortcuts are switched on. */
  readonly enabled: boolean;
  /** Keys the person chose instead. */
  readonly own: OwnKeys;
}

const ARROWS: Readonly<Record<string, Command>> = {
  ArrowDown: { type: 'next' },
  ArrowUp: { type: 'previous' },
};
const MOVES: Readonly<Record<string, Command>> = {
  j: { type: 'next' },
  k: { type: 'previous' },
};
const READING: Readonly<Record<string, Command>> = {
  o: { type: 'open' },
  Enter: { type: 'open' },
  a: { type: 'approve' },
  e: { type: 'edit' },
  b: { type: 'together' },
  r: { type: 'reject' },
  c: { type: 'comment' },
  m: { type: 'claim' },
  h: { type: 'assign' },
  s: { type: 'snooze' },
  q: { type: 'ask' },
  g: { type: 'group' },
  u: { type: 'back' },
  '?': { type: 'help' },
  '/': { type: 'search' },
};

/**
 * The command a key press means, or null. Never while typing or composing, never with Ctrl, Meta or Alt, never under a dialog;
 * a held key moves through the list but neither opens nor confirms a verdict. Escape always cancels.
 */
export function commandFor(press: KeyPress, context: KeyContext): Command | null {
  if (press.defaultPrevented || press.isComposing || context.covered) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === 'Escape') return context.mode === 'reading' ? null : { type: 'cancel' };
  if (context.typing) return null;
  if (press.key === 'Enter' && context.onControl) return null;
  const pressed = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const key = meantKey(pressed, context.own);
  if (key === null) return null;
  if (context.mode === 'reading' && context.arrowsMove && ARROWS[key]) return ARROWS[key];
  if (!context.enabled) return null;
  switch (context.mode) {
    case 'form':
      return null;
    case 'confirming':
      return !press.repeat && (key === 'a' || key === 'Enter') ? { type: 'confirm' } : null;
    case 'confirmingDeliberately':
      return !press.repeat && key === 'a' && press.shiftKey ? { type: 'confirmDeliberate' } : null;
    case 'reading':
      return readingKey(key, press);
  }
}

function readingKey(key: string, press: KeyPress): Command | null {
  // A sign may need Shift on the keyboard; a letter with Shift is another key.
  if (press.shiftKey && LETTER.test(press.key)) return null;
  return MOVES[key] ?? (press.repeat ? null : (READING[key] ?? null));
}

const LETTER = /^\p{L}$/u;

/** The keys that commands come with and that a person may change. */
export const COMMAND_KEYS: readonly string[] = [
  ...Object.keys(MOVES),
  ...Object.keys(READING).filter((key) => key.length === 1),
];

/** The key a command comes with. */
export function keyOf(type: Command['type']): string | undefined {
  return COMMAND_KEYS.find((key) => (MOVES[key] ?? READING[key])?.type === type);
}

/** How long after the confirm bar appeared a key press still counts as the one that opened it, in milliseconds. */
export const CONFIRM_GUARD_MS = 350;
