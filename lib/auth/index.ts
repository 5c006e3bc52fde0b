/**
 * People and programs at the console: who calls, and what they may do. Pages use `@/lib/auth/console-session`, the sign-in
 * route `@/lib/auth/next-auth`; agents authenticate in `lib/auth/agents`.
 */
export {
  actorId,
  actorRef,
  personBehind,
  type Actor,
  type AgentActor,
  type ConsoleActor,
  type KeyActor,
  type PersonActor,
} from './actor';
export { apiKeyOf, newApiKey, type NewApiKey } from './api-key';
export {
  consoleActor,
  requireLogin,
  requirePerson,
  wantedWorkspace,
  WORKSPACE_HEADER,
} from './console-actor';
export {
  hasPermission,
  permissionsOf,
  PERMISSIONS,
  requirePermission,
  type Permission,
} from './permissions';
export { requireRecentSignIn } from './recent-sign-in';
