import type { KeyRole, PersonRole } from '@/lib/contracts';
import { texts } from '@/lib/client/language';

/** What each role may do, in words; the server's table decides. */
export const ROLE_WORDS: Record<KeyRole, string> = texts({
  viewer: 'looks at everything, changes nothing',
  reviewer: 'also decides and comments on approvals',
  analyst: 'also works on incidents, sets kill switches, exports the ledger',
  manager: 'also releases kill switches, changes agents, tools, ladder and policies',
  admin: 'also manages people, keys and the workspace',
  gateway: 'speaks for the agents of the workspace; for programs only',
});

export const PERSON_ROLE_ORDER: readonly PersonRole[] = [
  'viewer',
  'reviewer',
  'analyst',
  'manager',
  'admin',
];
export const KEY_ROLE_ORDER: readonly KeyRole[] = [...PERSON_ROLE_ORDER, 'gateway'];
