import { describe, expect, it } from 'vitest';
import type { KeyRole } from '@/lib/contracts';
import type { ConsoleActor } from './actor';
import { hasPermission, permissionsOf, requirePermission } from './permissions';

const actor = (role: KeyRole): ConsoleActor => ({
  kind: 'key',
  keyId: 'k',
  name: 'key',
  role,
  workspaceId: 'w',
  author: null,
});

describe('roles', () => {
  it('contain one another, from viewer to admin', () => {
    const roles = ['viewer', 'reviewer', 'analyst', 'manager', 'admin'] as const;
    roles.slice(1).forEach((role, index) => {
      const below = roles[index] ?? 'viewer';
      expect(permissionsOf(role)).toEqual(expect.arrayContaining([...permissionsOf(below)]));
      expect(permissionsOf(role).length).toBeGreaterThan(permissionsOf(below).length);
    });
  });

  it.each([
    ['viewer', 'approvals.decide', false],
    ['reviewer', 'approvals.decide', true],
    ['reviewer', 'switches.set', false],
    ['analyst', 'switches.set', true],
    ['analyst', 'switches.release', false],
    ['manager', 'switches.release', true],
    ['manager', 'ladders.edit', true],
    ['manager', 'people.manage', false],
    ['admin', 'people.manage', true],
    ['gateway', 'agents.speak', true],
    ['gateway', 'workspace.read', false],
    ['gateway', 'approvals.decide', false],
    ['admin', 'agents.speak', false],
  ] as const)('%s and %s: %s', (role, permission, expected) => {
    expect(hasPermission(role, permission)).toBe(expected);
  });

  it('are named in a refusal, with the roles that may', () => {
    expect(() => requirePermission(actor('viewer'), 'switches.release')).toThrow(
      'The role viewer may not release kill switches. Roles that may: manager, admin.',
    );
  });
});
