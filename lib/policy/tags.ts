import type { CedarValueJson, Entities } from './cedar';
import type { TagNames, TagsUsed } from './facts-used';
import { resourceId } from './facts';
import type { PolicyInput } from './input';

/** Of a rule set that works out which name it reads. Rules that name it get it however many there are. */
const MAX_TAGS = 1_000;

/** Resource properties and arguments as Cedar gets them. */
export interface Tags {
  readonly entities: Entities;
  /** Why a rule cannot see a value that is there; then the rules that read it cannot be asked. */
  readonly hidden: string | undefined;
}

/** Whose tag a rule can read. */
export type TagKind = keyof TagsUsed;

type Values = Readonly<Record<string, unknown>>;
type Read = (name: string, value: unknown) => CedarValueJson | Hidden;

class Hidden {
  constructor(readonly why: string) {}
}

/**
 * The values that a rule set reads, each whole. What Cedar cannot be told (a list, a number beyond 2^53, text where a rule
 * compares numbers) is never left out silently: a rule "not above 100" would then not see it and let it pass.
 */
export function tagsOf(input: PolicyInput, used: TagsUsed): Tags {
  const tags = (kind: TagKind) => select(valuesOf(input, kind), used[kind], READ[kind]);
  const groups = [
    { uid: { type: 'Resource', id: resourceId(input) }, tags: tags('resource') },
    { uid: { type: 'Arguments', id: 'call' }, tags: tags('arguments') },
    { uid: { type: 'Numbers', id: 'call' }, tags: tags('numbers') },
  ];
  const hidden = groups.flatMap(({ tags }) => Object.values(tags)).find(isHidden);
  return {
    entities:
      hidden === undefined
        ? groups.map(({ uid, tags }) => ({
            uid,
            attrs: {},
            parents: [],
            tags: tags as Record<string, CedarValueJson>,
          }))
        : [],
    hidden: hidden?.why,
  };
}

/** One of them, as Cedar gets it: nothing when it is absent or says nothing, `hidden` when Cedar cannot be told. */
export function tagAt(
  input: PolicyInput,
  kind: TagKind,
  name: string,
): { readonly value?: CedarValueJson; readonly hidden?: true } {
  const values = valuesOf(input, kind);
  if (!says(values, name)) return {};
  const read = READ[kind](name, values[name]);
  return isHidden(read) ? { hidden: true } : { value: read };
}

function valuesOf(input: PolicyInput, kind: TagKind): Values {
  return (kind === 'resource' ? input.resource.properties : input.arguments) ?? {};
}

const isHidden = (value: CedarValueJson | Hidden): value is Hidden => value instanceof Hidden;

/** A value of null says nothing, as an absent one. */
const says = (values: Values, name: string): boolean =>
  Object.hasOwn(values, name) && (values[name] ?? null) !== null;

function select(
  values: Values,
  names: TagNames,
  read: Read,
): Record<string, CedarValueJson | Hidden> {
  const wanted = names === 'all' ? Object.keys(values) : [...names];
  if (wanted.length > MAX_TAGS && names === 'all')
    return { '': new Hidden(`There are more than ${MAX_TAGS} of them.`) };
  const present = wanted.filter((name) => says(values, name));
  return Object.fromEntries(present.map((name) => [name, read(name, values[name])]));
}

const textOf =
  (what: string): Read =>
  (name, value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : new Hidden(`The ${what} "${name}" is a list or an object, and a rule reads it as text.`);

/** Fractions go away from zero, so that a rule "at most 100" sees 100.01 as 101. */
function wholeNumber(name: string, value: unknown): CedarValueJson | Hidden {
  const whole = typeof value !== 'number' ? NaN : value < 0 ? Math.floor(value) : Math.ceil(value);
  return Number.isSafeInteger(whole)
    ? whole
    : new Hidden(`The argument "${name}" is no number within 2^53, and a rule reads it as one.`);
}

const READ: Readonly<Record<TagKind, Read>> = {
  resource: textOf('resource property'),
  arguments: textOf('argument'),
  numbers: wholeNumber,
};
