/** What a key may still do when whoever made it may do less than before. Pure. */
import { PERSON_ROLES, type KeyRole, type PersonRole } from '@/lib/contracts';

/**
 * The lowest role of a person for each role of a key to stand as it is. A gateway speaks for agents, which whoever registers
 * agents can do too: with a credential of theirs.
 */
const STANDS_FROM: Readonly<Record<KeyRole, PersonRole>> = {
  viewer: 'viewer',
  reviewer: 'reviewer',
  analyst: 'analyst',
  manager: 'manager',
  admin: 'admin',
  gateway: 'manager',
};

/**
 * The role a key has now: its own, but never above that of the person behind it.
 *
 * @param author the role of the person in the key's workspace; nothing when they may not enter it
 * @returns nothing when the key may do nothing any more
 * @example roleOfKey('admin', 'reviewer') // 'reviewer'
 */
export function roleOfKey(role: KeyRole, author: PersonRole | undefined): KeyRole | undefined {
  if (author === undefined) return undefined;
  const stands = PERSON_ROLES.indexOf(author) >= PERSON_ROLES.indexOf(STANDS_FROM[role]);
  if (stands) return role;
  return role === 'gateway' ? undefined : author;
}
