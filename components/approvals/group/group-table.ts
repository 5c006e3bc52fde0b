import type { Json } from '@/lib/contracts';
import { placesOf, type GroupCall } from './call-facts';

export interface GroupTable {
  /** What all calls have in common. */
  readonly same: readonly { readonly path: string; readonly value: Json }[];
  /** Places where they differ, in the order of the first call. */
  readonly columns: readonly string[];
  /** One a call, with its values in the order of the columns; undefined where it has none. */
  readonly lines: readonly {
    readonly approval: GroupCall;
    readonly values: readonly (Json | undefined)[];
  }[];
}

/**
 * What like calls have in common, and where they differ.
 *
 * @param now milliseconds since the epoch
 */
export function groupTable(calls: readonly GroupCall[], now: number): GroupTable {
  const values = calls.map((call) => placesOf(call, now));
  const places = [...new Set(values.flatMap((map) => [...map.keys()]))];
  const [first = new Map<string, Json>()] = values;
  const isSame = (path: string) =>
    values.every((map) => JSON.stringify(map.get(path)) === JSON.stringify(first.get(path)));
  const columns = places.filter((path) => !isSame(path));
  return {
    same: places.filter(isSame).map((path) => ({ path, value: first.get(path) ?? null })),
    columns,
    lines: calls.map((approval, index) => ({
      approval,
      values: columns.map((path) => values[index]?.get(path)),
    })),
  };
}
