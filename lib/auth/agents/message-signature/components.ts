/** The parts of a message that a signature can cover (RFC 9421, section 2): a table of names, and how each is written down. */
import {
  parseDictionary,
  parseItem,
  parseList,
  serializeBareItem,
  serializeDictionary,
  serializeInnerList,
  serializeItem,
  serializeList,
  type BareItem,
  type Item,
} from 'structured-headers';
import type { SignedMessage } from './message';

/** A component cannot be written down: it is absent, unknown, or has no one value. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';
}

type Parameters = ReadonlyMap<string, BareItem>;

/** Components with an `@`: taken from the message itself and not from a field. */
const DERIVED: Readonly<
  Record<string, (message: SignedMessage, parameters: Parameters) => string>
> = {
  '@method': ({ method }) => method,
  '@target-uri': ({ scheme, authority, path, query }) => `${scheme}://${authority}${path}${query}`,
  '@authority': ({ authority }) => authority.toLowerCase(),
  '@scheme': ({ scheme }) => scheme.toLowerCase(),
  '@request-target': ({ path, query }) => `${path}${query}`,
  '@path': ({ path }) => (path === '' ? '/' : path),
  '@query': ({ query }) => (query === '' ? '?' : query),
  '@query-param': queryParam,
  '@status': ({ status }) => {
    if (status === undefined) throw new ComponentError('A request has no "@status".');
    return String(status);
  },
};

/** Parameters a component may carry; another one would change what is signed in a way nobody agreed on. */
const PARAMETERS = new Set(['sf', 'key', 'bs', 'req', 'name']);

/**
 * The value of a component, as it stands in the signature base.
 *
 * @throws ComponentError
 */
export function componentValue(message: SignedMessage, [name, parameters]: Item): string {
  if (typeof name !== 'string' || name !== name.toLowerCase())
    throw new ComponentError('The name of a component is text in lower case.');
  const unknown = [...parameters.keys()].find((parameter) => !PARAMETERS.has(parameter));
  if (unknown !== undefined)
    throw new ComponentError(`The parameter "${unknown}" of "${name}" is not supported.`);
  const source = parameters.has('req') ? message.request : message;
  if (source === undefined)
    throw new ComponentError(`"${name}" is of a request, and this is none to answer.`);
  if (!name.startsWith('@')) return fieldValue(source, name, parameters);
  const derive = Object.hasOwn(DERIVED, name) ? DERIVED[name] : undefined;
  if (derive === undefined) throw new ComponentError(`There is no component "${name}".`);
  return derive(source, parameters);
}

/** Decoded and encoded again (section 2.2.8), so that both sides write it alike. */
function queryParam({ query }: SignedMessage, parameters: Parameters): string {
  const name = parameters.get('name');
  if (typeof name !== 'string') throw new ComponentError('"@query-param" needs a name.');
  const found = [...new URLSearchParams(query)].filter(([key]) => encoded(key) === name);
  const [only, another] = found;
  if (only === undefined || another !== undefined)
    throw new ComponentError(`The query has no one parameter "${name}".`);
  return encoded(only[1]);
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function fieldValue({ field }: SignedMessage, name: string, parameters: Parameters): string {
  const lines = field(name).map(unfolded);
  if (lines.length === 0) throw new ComponentError(`The message has no field "${name}".`);
  if (parameters.has('bs'))
    return serializeList(
      lines.map((line): Item => [
        new Uint8Array(Buffer.from(line, 'latin1')),
        new Map<string, BareItem>(),
      ]),
    );
  const value = lines.join(', ');
  const key = parameters.get('key');
  if (key !== undefined) return memberOf(name, value, key);
  return parameters.has('sf') ? strict(name, value) : value;
}

/** Split and not replaced: a pattern that begins with blanks takes the square of their number. */
const unfolded = (line: string) =>
  line
    .split(/\r?\n(?=[ \t])/)
    .map((part) => part.trim())
    .join(' ');

function memberOf(name: string, value: string, key: BareItem): string {
  if (typeof key !== 'string') throw new ComponentError(`The key of "${name}" is text.`);
  const member = parsed(name, () => parseDictionary(value)).get(key);
  if (member === undefined) throw new ComponentError(`The field "${name}" has no member "${key}".`);
  const [first, parameters] = member;
  return Array.isArray(first)
    ? serializeInnerList([first, parameters])
    : serializeItem([first, parameters]);
}

/** Which kind of structured field it is has to be known (section 2.1.1): these are. */
const STRICT: Readonly<Record<string, (value: string) => string>> = {
  'content-digest': (value) => serializeDictionary(parseDictionary(value)),
  'signature-input': (value) => serializeDictionary(parseDictionary(value)),
  signature: (value) => serializeDictionary(parseDictionary(value)),
  'cache-control': (value) => serializeDictionary(parseDictionary(value)),
  priority: (value) => serializeDictionary(parseDictionary(value)),
  accept: (value) => serializeList(parseList(value)),
  'content-length': (value) => serializeItem(parseItem(value)),
};

function strict(name: string, value: string): string {
  const serialize = Object.hasOwn(STRICT, name) ? STRICT[name] : undefined;
  if (serialize === undefined)
    throw new ComponentError(`"${name}" is not known to be a structured field.`);
  return parsed(name, () => serialize(value));
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ComponentError(`The field "${name}" is not a structured field.`);
  }
}

/** How a component is called, its parameters in one order, so that two spellings of one are found to be the same. */
export function componentId([name, parameters]: Item): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${serializeBareItem(name)}${sorted.map(([key, value]) => `;${key}=${serializeBareItem(value)}`).join('')}`;
}
