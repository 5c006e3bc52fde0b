import { texts } from '@/lib/client/language';

/** What a role is called, in the middle of a line. */
export const ROLE_NAMES = texts({
  viewer: 'viewer',
  reviewer: 'reviewer',
  analyst: 'analyst',
  manager: 'manager',
  admin: 'admin',
  gateway: 'gateway',
});
