/**
 * What an approval for a scope covers: the values of a call that have to stay as they were, and those that may vary and how far. Pure,
 * the same in the browser and behind the API: what the reviewer is shown is what decisions compare with.
 */
import type { Json } from './primitives';
import { UNSEEN_CHARACTERS } from './unseen';

export interface PatternedCall {
  readonly arguments: Readonly<Record<string, Json>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, Json>> | undefined;
  };
}

/** How far a value may go: never further than the one the reviewer saw. */
export type Reach =
  /** A number between the two, both included. */
  | { readonly kind: 'number'; readonly from: number; readonly to: number }
  /** A text of at most so many characters, on one line unless the one seen had several. */
  | { readonly kind: 'text'; readonly longest: number; readonly lines: boolean };

export interface GrantPattern {
  readonly fixed: readonly { readonly path: string; readonly value: Json }[];
  readonly varying: readonly { readonly path: string; readonly reach: Reach }[];
}

/** The longest text a varying value may be, when the one seen was shorter. */
const USUAL_LENGTH = 100;

/** A person could not see what they say, so no varying text has them. */
const UNSEEN = new RegExp(`[${UNSEEN_CHARACTERS}]`, 'u');
const UNSEEN_BUT_LINES = new RegExp(`(?![\\n\\r\\t])[${UNSEEN_CHARACTERS}]`, 'u');

/**
 * Every value of a call by its place (JSON Pointer, RFC 6901): `/arguments/amount`, `/resource/id`. An empty object or list is a
 * value too. Without recursion, so that no depth exhausts the stack.
 */
export function valuesOfCall({ arguments: given, resource }: PatternedCall): Map<string, Json> {
  const { type, id, properties } = resource;
  const values = new Map<string, Json>();
  const stack: [string, Json][] = [
    ...(properties === undefined ? [] : [['/resource/properties', properties] as [string, Json]]),
    ['/resource/id', id],
    ['/resource/type', type],
    ['/arguments', given],
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [path, value] = next;
    const inside = value !== null && typeof value === 'object' ? Object.entries(value) : [];
    if (inside.length === 0) values.set(path, value);
    for (const [name, inner] of inside.reverse()) stack.push([`${path}/${escaped(name)}`, inner]);
  }
  return values;
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** How far a value could vary, or null when it cannot: only numbers and texts do, and never what kind of thing is reached. */
export function reachOf(path: string, value: Json): Reach | null {
  if (path === '/resource/type') return null;
  if (typeof value === 'number')
    return { kind: 'number', from: Math.min(0, value), to: Math.max(0, value) };
  if (typeof value !== 'string') return null;
  return {
    kind: 'text',
    longest: Math.max(USUAL_LENGTH, value.length),
    lines: /[\n\r]/.test(value),
  };
}

/**
 * The pattern of a call in which some values may vary.
 *
 * @param vary places of `valuesOfCall`
 * @returns the pattern, or the places that cannot vary
 */
export function patternOf(
  call: PatternedCall,
  vary: readonly string[],
): { readonly pattern: GrantPattern; readonly impossible: readonly string[] } {
  const values = valuesOfCall(call);
  const wanted = new Set(vary);
  const fixed: { path: string; value: Json }[] = [];
  const varying: { path: string; reach: Reach }[] = [];
  const impossible = vary.filter((path) => !values.has(path));
  for (const [path, value] of values) {
    if (!wanted.has(path)) {
      fixed.push({ path, value });
      continue;
    }
    const reach = reachOf(path, value);
    if (reach === null) impossible.push(path);
    else varying.push({ path, reach });
  }
  return { pattern: { fixed, varying }, impossible };
}

/** Whether a call is one the pattern covers: the same places, the same values, and what varies within its reach. */
export function coversCall({ fixed, varying }: GrantPattern, call: PatternedCall): boolean {
  const values = valuesOfCall(call);
  if (values.size !== fixed.length + varying.length) return false;
  return (
    fixed.every(({ path, value }) => values.has(path) && isSame(values.get(path), value)) &&
    varying.every(({ path, reach }) => isWithin(reach, values.get(path)))
  );
}

/** Values of `valuesOfCall`: scalars, and lists and objects that are empty. */
const isSame = (one: Json | undefined, other: Json): boolean =>
  one === other ||
  (typeof one === 'object' && one !== null && JSON.stringify(one) === JSON.stringify(other));

function isWithin(reach: Reach, value: Json | undefined): boolean {
  if (reach.kind === 'number')
    return typeof value === 'number' && value >= reach.from && value <= reach.to;
  if (typeof value !== 'string' || value.length > reach.longest) return false;
  return !(reach.lines ? UNSEEN_BUT_LINES : UNSEEN).test(value);
}
