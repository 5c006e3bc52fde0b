import { describe, expect, it } from 'vitest';
import { entitiesFound, pageOf, typesOf, uidText, type AccessEntity } from './entities';

const entity = (type: string, id: string, more: Partial<AccessEntity> = {}): AccessEntity => ({
  uid: { type, id },
  attrs: {},
  parents: [],
  ...more,
});
const ALL = [
  entity('user', 'Ann', { parents: [{ type: 'group', id: 'staff' }] }),
  entity('user', 'bob', { attrs: { role: 'admin' } }),
  entity('group', 'staff'),
];
const names = (found: readonly AccessEntity[]) => found.map(({ uid }) => uidText(uid));

describe('looking through an access model', () => {
  it('counts its types, by name', () => {
    expect(typesOf(ALL)).toEqual([
      { type: 'group', count: 1 },
      { type: 'user', count: 2 },
    ]);
    expect(typesOf([])).toEqual([]);
  });

  it.each([
    ['', '', ['user::"Ann"', 'user::"bob"', 'group::"staff"']],
    ['user', '', ['user::"Ann"', 'user::"bob"']],
    ['', 'STAFF', ['user::"Ann"', 'group::"staff"']],
    ['user', ' staff  ann ', ['user::"Ann"']],
    ['', 'role admin', ['user::"bob"']],
    ['group', 'ann', []],
  ])('of type "%s" with the words "%s"', (type, wanted, found) => {
    expect(names(entitiesFound(ALL, type, wanted))).toEqual(found);
  });

  it('goes page by page, and never past the end', () => {
    const items = [1, 2, 3, 4, 5];
    expect(pageOf(items, 0, 2)).toEqual({ shown: [1, 2], page: 0, pages: 3 });
    expect(pageOf(items, 2, 2)).toEqual({ shown: [5], page: 2, pages: 3 });
    expect(pageOf(items, 9, 2)).toEqual({ shown: [5], page: 2, pages: 3 });
    expect(pageOf(items, -1, 2)).toMatchObject({ page: 0 });
    expect(pageOf([], 3, 2)).toEqual({ shown: [], page: 0, pages: 1 });
  });
});
