/**
 * What a reviewer may change in the arguments of a call before they approve it, and how the change is written down. Pure, the
 * same in the browser and behind the API: the form shows what the server will say.
 */
import type { Json } from './primitives';

/** One place where two arguments differ. A side that has no value there leaves its member out. */
export interface ArgumentChange {
  /** JSON Pointer (RFC 6901) within the arguments. */
  readonly path: string;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

export interface EditProblem {
  /** JSON Pointer within the arguments. */
  readonly path: string;
  readonly message: string;
}

type Arguments = Readonly<Record<string, Json>>;

/** Every place where the two differ, deepest first in the order they are stored; none when they are the same values. */
export function changesBetween(before: Arguments, after: Arguments): ArgumentChange[] {
  return differences('', { ...before }, { ...after });
}

function differences(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): ArgumentChange[] {
  const left = membersOf(before);
  const right = membersOf(after);
  const sameShape =
    left !== null && right !== null && Array.isArray(before) === Array.isArray(after);
  if (!sameShape || (left.size === 0) !== (right.size === 0))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) =>
    differences(`${path}/${escaped(name)}`, left.get(name), right.get(name)),
  );
}

function membersOf(value: Json | undefined): Map<string, Json> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Why an edit does not fit the call; empty when it does. An edit is the whole of the arguments: it has every argument the agent
 * sent, so that nothing is dropped by leaving it out, no new ones, and every value keeps its type, since the types the agent sent
 * are what is known of the tool's schema. A null says nothing of its type.
 */
export function editProblems(sent: Arguments, edited: Arguments): EditProblem[] {
  const missing = Object.keys(sent).filter((name) => !Object.hasOwn(edited, name));
  const added = Object.keys(edited).filter((name) => !Object.hasOwn(sent, name));
  return [
    ...missing.map((name) => ({
      path: `/${escaped(name)}`,
      message: `"${name}" is missing. An edit has every argument the agent sent.`,
    })),
    ...added.map((name) => ({
      path: `/${escaped(name)}`,
      message: `"${name}" is not an argument of this call.`,
    })),
    ...changedTypes('', { ...sent }, { ...edited }),
  ];
}

function changedTypes(
  path: string,
  sent: Json | undefined,
  edited: Json | undefined,
): EditProblem[] {
  if (sent === undefined || edited === undefined || sent === null) return [];
  const type = typeOf(sent);
  if (typeOf(edited) !== type) return [{ path, message: `This has to stay ${TYPE_WORDS[type]}.` }];
  const inner = membersOf(edited);
  return [...(membersOf(sent) ?? [])].flatMap(([name, value]) =>
    changedTypes(`${path}/${escaped(name)}`, value, inner?.get(name)),
  );
}

type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'object';

const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  list: 'a list',
  object: 'an object',
};

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}
