/**
 * What a JSON text says and a program does not see after parsing it: of two members with one name the last, a number rounded to
 * the nearest double, a member `__proto__` lost on the way. What a person approves must be what the tool gets, and tools parse in
 * other languages, so none of these is accepted (RFC 7493, I-JSON: unique names, numbers a double holds).
 */
import { DomainError } from '@/lib/contracts';

const WHITE = /[ \t\n\r]/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Refuses a text that means something else to another reader.
 *
 * @param text valid JSON
 * @throws DomainError `duplicate_member`, `reserved_member`, `inexact_number` (400)
 */
export function requireExact(text: string): void {
  /** The names seen so far in each open object; null for an open list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (character === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names != null && isName(text, end)) addName(names, text.slice(at, end));
      at = end;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      NUMBER.lastIndex = at;
      const [literal = character] = NUMBER.exec(text) ?? [];
      requireExactNumber(literal);
      at += literal.length;
    } else {
      if (character === '{') open.push(new Set());
      else if (character === '[') open.push(null);
      else if (character === '}' || character === ']') open.pop();
      at += 1;
    }
  }
}

/** Behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A string before a colon is the name of a member. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (WHITE.test(text[at] ?? '')) at += 1;
  return text[at] === ':';
}

function addName(names: Set<string>, written: string): void {
  const name = JSON.parse(written) as string;
  if (name === '__proto__')
    throw refusal('reserved_member', 'The name "__proto__" is reserved; rename the member.');
  if (names.has(name))
    throw refusal(
      'duplicate_member',
      `The member "${name.slice(0, 64)}" is there twice in one object.`,
    );
  names.add(name);
}

/** Longer than programs write a number, and short enough to be looked at digit by digit. */
const MAX_LITERAL = 400;

function requireExactNumber(literal: string): void {
  if (literal.length <= 15 && !/[eE]/.test(literal)) return;
  if (literal.length > MAX_LITERAL) throw inexact(literal);
  const value = Number(literal);
  if (Number.isFinite(value) && digitsOf(literal) === digitsOf(exactly(value, literal))) return;
  throw inexact(literal);
}

const inexact = (literal: string) =>
  refusal(
    'inexact_number',
    `The number ${literal.slice(0, 40)} cannot be held exactly; send it as text.`,
  );

/** The double, with as many significant digits as the literal has. */
function exactly(value: number, literal: string): string {
  const digits = digitsOf(literal).length;
  return digits === 0 ? '0' : value.toPrecision(Math.min(digits, 100));
}

/** The significant digits: sign, point, exponent, leading and closing zeros apart. */
function digitsOf(literal: string): string {
  return literal
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
}

const refusal = (code: string, sentence: string) => new DomainError('malformed', code, sentence);
