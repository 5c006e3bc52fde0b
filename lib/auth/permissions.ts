/** What each role may do: data, never branches. */
import { DomainError, KEY_ROLES, type KeyRole } from '@/lib/contracts';
import type { ConsoleActor } from './actor';

/** Every permission, and how a refusal finishes the sentence "Your role may not ...". */
export const PERMISSIONS = {
  'workspace.read': 'read this workspace',
  'approvals.decide': 'decide approvals',
  'approvals.comment': 'comment on approvals',
  'incidents.manage': 'work on incidents',
  'restrictions.lift': 'lift restrictions of agents',
  'switches.set': 'set kill switches',
  'switches.release': 'release kill switches',
  'agents.edit': 'register or change agents',
  'tools.edit': 'change the tool catalogue',
  'overrides.edit': "pin an agent's rung",
  'ladders.edit': 'change the ladder',
  'policies.edit': 'change policies',
  'reviewing.manage': 'change how reviewing is watched',
  'ledger.export': 'export the ledger',
  'people.manage': 'manage people',
  'keys.manage': 'manage API keys',
  'workspace.manage': 'manage the workspace',
  'agents.speak': 'speak for agents',
  'signals.record': 'record evidence about agents',
  'secrets.manage': 'manage the secrets of tools',
  'secrets.open': 'open the secrets of tools',
} as const;
export type Permission = keyof typeof PERMISSIONS;

const VIEWER: readonly Permission[] = ['workspace.read'];
const REVIEWER: readonly Permission[] = [...VIEWER, 'approvals.decide', 'approvals.comment'];
const ANALYST: readonly Permission[] = [
  ...REVIEWER,
  'incidents.manage',
  'restrictions.lift',
  'switches.set',
  'ledger.export',
  'signals.record',
];
const MANAGER: readonly Permission[] = [
  ...ANALYST,
  'switches.release',
  'agents.edit',
  'tools.edit',
  'overrides.edit',
  'ladders.edit',
  'policies.edit',
  'reviewing.manage',
];
const ADMIN: readonly Permission[] = [
  ...MANAGER,
  'people.manage',
  'keys.manage',
  'workspace.manage',
  'secrets.manage',
];

const GRANTS: Readonly<Record<KeyRole, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  reviewer: new Set(REVIEWER),
  analyst: new Set(ANALYST),
  manager: new Set(MANAGER),
  admin: new Set(ADMIN),
  gateway: new Set<Permission>(['agents.speak', 'signals.record', 'secrets.open']),
};

export function permissionsOf(role: KeyRole): readonly Permission[] {
  return [...GRANTS[role]];
}

export function hasPermission(role: KeyRole, permission: Permission): boolean {
  return GRANTS[role].has(permission);
}

/** @throws DomainError `forbidden`, naming the roles that may */
export function requirePermission(actor: ConsoleActor, permission: Permission): void {
  if (hasPermission(actor.role, permission)) return;
  const roles = KEY_ROLES.filter((role) => hasPermission(role, permission));
  throw new DomainError(
    'forbidden',
    'forbidden',
    `The role ${actor.role} may not ${PERMISSIONS[permission]}. Roles that may: ${roles.join(', ')}.`,
    { facts: { permission, role: actor.role } },
  );
}
