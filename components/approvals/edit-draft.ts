/**
 * The arguments of a call as fields that can be typed into. A field that was not touched keeps the very value the agent sent,
 * whatever a text box would make of it. Pure.
 */
import type { Json } from '@/lib/contracts';
import { revealUntrusted } from '@/components/ui/untrusted';
import { t } from '@/lib/client/language';

type FieldKind =
  /** Text as it is. */
  | 'text'
  /** A text with characters that cannot be seen in a box or would not survive it, as a JSON string. */
  | 'escaped'
  | 'number'
  | 'boolean'
  /** Lists, objects and null. */
  | 'json';

export interface EditField {
  readonly name: string;
  readonly kind: FieldKind;
  /** What stands in the box before anybody types. */
  readonly initial: string;
}

type Arguments = Readonly<Record<string, Json>>;
/** What was typed, by the name of the argument, which may be any: a map has no names of its own. */
export type Drafts = ReadonlyMap<string, string>;

/** One field for every argument, in the order they are stored. */
export function fieldsOf(sent: Arguments): EditField[] {
  return Object.entries(sent).map(([name, value]) => ({ name, ...boxOf(value) }));
}

function boxOf(value: Json): Pick<EditField, 'kind' | 'initial'> {
  switch (typeof value) {
    case 'string':
      return isPlain(value)
        ? { kind: 'text', initial: value }
        : { kind: 'escaped', initial: escapedText(value) };
    case 'number':
      return { kind: 'number', initial: JSON.stringify(value) };
    case 'boolean':
      return { kind: 'boolean', initial: String(value) };
    default:
      return { kind: 'json', initial: JSON.stringify(value, null, 2) };
  }
}

/** A box shows it as it is and gives it back as it was: it has no carriage returns, and nothing in it is invisible. */
function isPlain(text: string): boolean {
  return !text.includes('\r') && revealUntrusted(text).every(({ kind }) => kind === 'text');
}

/** A JSON string in which only printable ASCII stands for itself. */
function escapedText(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export interface ReadDrafts {
  /** Every argument that could be read; one whose text has a mistake keeps what was sent. */
  readonly edited: Record<string, Json>;
  /** What is wrong with a field, by its name. */
  readonly mistakes: ReadonlyMap<string, string>;
}

/** The arguments as they were typed. */
export function readDrafts(sent: Arguments, drafts: Drafts): ReadDrafts {
  const mistakes = new Map<string, string>();
  const edited = Object.fromEntries(
    fieldsOf(sent).map((field) => {
      const value = sent[field.name] ?? null;
      const draft = drafts.get(field.name) ?? field.initial;
      if (draft === field.initial) return [field.name, value];
      const read = READERS[field.kind](draft);
      if ('mistake' in read) mistakes.set(field.name, read.mistake);
      return [field.name, 'mistake' in read ? value : read.value];
    }),
  );
  return { edited, mistakes };
}

type Read = { readonly value: Json } | { readonly mistake: string };

const READERS: Readonly<Record<FieldKind, (draft: string) => Read>> = {
  text: (draft) => ({ value: draft }),
  escaped: (draft) => {
    const value = parsed(draft);
    return typeof value === 'string'
      ? { value }
      : { mistake: t('Write it as a JSON text, in double quotes.') };
  },
  number: readNumber,
  boolean: (draft) => ({ value: draft === 'true' }),
  json: (draft) => {
    const value = parsed(draft);
    if (value === undefined) return { mistake: t('This is not JSON.') };
    const inexact = numbersIn(draft).find((literal) => !isExact(literal));
    return inexact === undefined ? { value } : { mistake: inexactText(inexact) };
  },
};

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function readNumber(draft: string): Read {
  const literal = draft.trim();
  if (!NUMBER.test(literal)) return { mistake: t('Write a number, such as 12 or 12.5.') };
  return isExact(literal) ? { value: Number(literal) } : { mistake: inexactText(literal) };
}

/** Numbers in a JSON text; strings are passed over. */
function numbersIn(json: string): string[] {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
}

/** A double holds any number of up to 15 digits; longer ones could be rounded without anybody seeing it. */
const isExact = (literal: string): boolean =>
  Number.isFinite(Number(literal)) &&
  literal.replace(/[eE].*$/, '').replace(/\D/g, '').length <= 15;

const inexactText = (literal: string) =>
  t('{number} has more digits than can be kept exactly; 15 is the most.', {
    number: literal.slice(0, 40),
  });

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
