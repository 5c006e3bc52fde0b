/** Deeper than any call needs, and far from the end of the stack. */
const MAX_DEPTH = 128;
/** With the `u` flag a pair counts as one character, so this finds only surrogates that stand alone. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A value that has no canonical form: NaN, an infinity, undefined, a lone surrogate, a cycle, a function, a Date. */
export class NotCanonical extends Error {
  readonly code = 'not_canonical';
  /** JSON Pointer to the value that cannot be written. */
  readonly path: string;

  constructor(path: string, what: string) {
    super(`${what} has no canonical form (at "${path}")`);
    this.name = 'NotCanonical';
    this.path = path;
  }
}

/**
 * The RFC 8785 (JCS) text of a JSON value: sorted members, shortest numbers, no white space.
 * Stricter than `JSON.stringify`: nothing is dropped or converted on the way, so the text means exactly the value.
 * @throws NotCanonical
 * @example canonicalText({ b: 1e21, a: ['é'] }) // '{"a":["é"],"b":1e+21}'
 */
export function canonicalText(value: unknown): string {
  const text = write(value, 0);
  if (text !== undefined) return text;
  // Writing keeps no path, which only a refusal needs.
  check(value, []);
  throw notCanonical([], 'the value');
}

/** The UTF-8 bytes of `canonicalText`. @throws NotCanonical */
export function canonicalBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalText(value), 'utf8');
}

/** Needs no escape, and has no surrogate in it. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** @returns undefined for what has no canonical form */
function write(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return writeText(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= MAX_DEPTH) return undefined;
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      return undefined;
  }
}

/** Escapes as JSON.stringify does, which RFC 8785 (3.2.2.2) took over. */
function writeText(text: string): string | undefined {
  if (PLAIN.test(text)) return `"${text}"`;
  return LONE_SURROGATE.test(text) ? undefined : JSON.stringify(text);
}

/** By index, because a hole in an array would be skipped otherwise. */
function writeArray(items: readonly unknown[], depth: number): string | undefined {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    const item = write(items[index], depth + 1);
    if (item === undefined) return undefined;
    text += index === 0 ? item : `,${item}`;
  }
  return `${text}]`;
}

function writeObject(value: object, depth: number): string | undefined {
  if (isOfClass(value)) return undefined;
  const members = value as Record<string, unknown>;
  // Sorts by UTF-16 units, as RFC 8785 (3.2.3) does.
  const names = Object.keys(members).sort();
  let text = '{';
  for (const name of names) {
    const quoted = writeText(name);
    const member = write(members[name], depth + 1);
    if (quoted === undefined || member === undefined) return undefined;
    text += text.length === 1 ? `${quoted}:${member}` : `,${quoted}:${member}`;
  }
  return `${text}}`;
}

function isOfClass(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** Walks the same way as `write`, to the first place that has no canonical form. */
function check(value: unknown, path: (string | number)[]): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notCanonical(path, String(value));
    return;
  }
  if (typeof value !== 'object') throw notCanonical(path, typeof value);
  if (path.length >= MAX_DEPTH) throw notCanonical(path, `a value nested ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) checkArray(value, path);
  else checkObject(value, path);
}

function checkText(text: string, path: readonly (string | number)[]): void {
  if (LONE_SURROGATE.test(text)) throw notCanonical(path, 'a lone surrogate');
}

function checkArray(items: readonly unknown[], path: (string | number)[]): void {
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    check(items[index], path);
    path.pop();
  }
}

function checkObject(value: object, path: (string | number)[]): void {
  if (isOfClass(value)) throw notCanonical(path, `an object of class ${value.constructor.name}`);
  for (const [key, inner] of Object.entries(value)) {
    path.push(key);
    checkText(key, path);
    check(inner, path);
    path.pop();
  }
}

function notCanonical(path: readonly (string | number)[], what: string): NotCanonical {
  const pointer = path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`);
  return new NotCanonical(pointer.join(''), what);
}
