/** What an access model knows, to be looked through. Pure. */
import type { AccessModel } from '@/lib/contracts';

export type AccessEntity = AccessModel['entities'][number];

export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** Every type with how many there are of it, by name. */
export function typesOf(entities: readonly AccessEntity[]): readonly TypeCount[] {
  const counts = new Map<string, number>();
  for (const { uid } of entities) counts.set(uid.type, (counts.get(uid.type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}

export const uidText = ({ type, id }: AccessEntity['uid']): string =>
  `${type}::${JSON.stringify(id)}`;

/**
 * Those of a type that have every word in their id, their groups or their attributes, whatever its case.
 *
 * @param type of all types when empty
 */
export function entitiesFound(
  entities: readonly AccessEntity[],
  type: string,
  wanted: string,
): readonly AccessEntity[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return entities.filter(({ uid, parents, attrs }) => {
    if (type !== '' && uid.type !== type) return false;
    if (words.length === 0) return true;
    const text = [uid, ...parents].map(uidText).join(' ') + JSON.stringify(attrs);
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}

/** One page of a list, and where it stands in it; a page that is not there is the last one. */
export function pageOf<Item>(
  items: readonly Item[],
  page: number,
  size: number,
): { readonly shown: readonly Item[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const at = Math.min(Math.max(0, page), pages - 1);
  return { shown: items.slice(at * size, (at + 1) * size), page: at, pages };
}
