import serialize from 'canonicalize';

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
  check(value, []);
  return serialize(value) ?? '';
}

/** The UTF-8 bytes of `canonicalText`. @throws NotCanonical */
export function canonicalBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalText(value), 'utf8');
}

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

/** By index, because a hole in an array would be skipped otherwise. */
function checkArray(items: readonly unknown[], path: (string | number)[]): void {
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    check(items[index], path);
    path.pop();
  }
}

function checkObject(value: object, path: (string | number)[]): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw notCanonical(path, `an object of class ${value.constructor.name}`);
  }
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
