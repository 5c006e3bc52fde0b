/**
 * Values of a request as Cedar gets them. Cedar has no fractions, no null, and whole numbers only up to 2^63; what it cannot be
 * told is never left out where a rule could look for it, because a rule "not above 100" would then let it pass.
 */
import type { CedarValueJson } from '../cedar';

export interface Told {
  readonly values: Readonly<Record<string, CedarValueJson>>;
  /** Names on the way to each value that Cedar cannot be told. */
  readonly hidden: readonly (readonly string[])[];
}

/** Says that a value cannot be told, and by which names one would come to it. */
class Hidden {
  constructor(readonly path: readonly string[]) {}
}

/** Properties or a context as a Cedar record. A value of null says nothing, as an absent one. */
export function toldValues(values: Readonly<Record<string, unknown>> = {}): Told {
  const hidden: (readonly string[])[] = [];
  return { values: record(values, [], hidden), hidden };
}

type Found = (readonly string[])[];

function record(
  values: Readonly<Record<string, unknown>>,
  path: readonly string[],
  hidden: Found,
): Record<string, CedarValueJson> {
  const told: [string, CedarValueJson][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    const read = name.isWellFormed()
      ? toldValue(value, [...path, name], hidden)
      : new Hidden([...path, name]);
    if (read instanceof Hidden) hidden.push(read.path);
    else told.push([name, read]);
  }
  return Object.fromEntries(told);
}

function toldValue(
  value: unknown,
  path: readonly string[],
  hidden: Found,
): CedarValueJson | Hidden {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.isWellFormed() ? value : new Hidden(path);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : new Hidden(path);
  if (Array.isArray(value)) return list(value, path, hidden);
  if (typeof value !== 'object' || value === null) return new Hidden(path);
  const escapes = Object.keys(value).some((name) => name.startsWith('__'));
  if (escapes) return reference(value) ?? new Hidden(path);
  return record(value as Readonly<Record<string, unknown>>, path, hidden);
}

/** One element that cannot be told hides the whole list: a rule counts on what it contains. */
function list(items: readonly unknown[], path: readonly string[], hidden: Found) {
  const told: CedarValueJson[] = [];
  for (const item of items) {
    const read = toldValue(item, path, hidden);
    if (read instanceof Hidden) return read;
    told.push(read);
  }
  return told;
}

/** An entity that a value names in Cedar's own way: `{"__entity": {"type", "id"}}`. Its other escapes are not taken from requests. */
function reference(value: object): CedarValueJson | undefined {
  const { __entity: named, ...others } = value as { __entity?: unknown };
  if (typeof named !== 'object' || named === null || Object.keys(others).length > 0)
    return undefined;
  const { type, id, ...more } = named as { type?: unknown; id?: unknown };
  const whole =
    typeof type === 'string' && typeof id === 'string' && Object.keys(more).length === 0;
  return whole && type.isWellFormed() && id.isWellFormed() ? { __entity: { type, id } } : undefined;
}
