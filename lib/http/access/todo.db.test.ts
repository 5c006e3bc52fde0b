/**
 * Batch answers as the public interoperability scenario of AuthZEN compares them: the text of the whole list, so that a member more
 * or another order is a difference (openid/authzen, interop/authzen-todo-backend/test). Its roles, written as an access model.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { accessModelInputSchema } from '@/lib/contracts';
import { evaluationsHandler } from '@/lib/http/agents/evaluation';
import { call } from '@/lib/http/testing/fleet';
import { setAccessModel } from '@/lib/services/authzen/set-model';
import { makeKeyContext, makeWorkspace } from '@/lib/services/testing/fixture';

const POLICIES = `
permit (principal, action in [Action::"can_read_user", Action::"can_read_todos"], resource);
permit (principal, action == Action::"can_create_todo", resource)
when { principal.roles.containsAny(["admin", "editor"]) };
permit (principal, action in [Action::"can_update_todo", Action::"can_delete_todo"], resource is todo)
when { principal.roles.contains("admin") };
permit (principal, action in [Action::"can_update_todo", Action::"can_delete_todo"], resource is todo)
when { principal.roles.contains("editor") && resource has ownerID && resource.ownerID == principal.email };
permit (principal, action == Action::"can_update_todo", resource is todo)
when { principal.roles.contains("evil_genius") };
`;
const ROLES: Readonly<Record<string, readonly string[]>> = {
  'rick@the-citadel.com': ['admin', 'evil_genius'],
  'morty@the-citadel.com': ['editor'],
  'summer@the-smiths.com': ['editor'],
  'beth@the-smiths.com': ['viewer'],
  'jerry@the-smiths.com': ['viewer'],
};

let key: string;
beforeAll(async () => {
  const workspace = await makeWorkspace();
  ({ key } = await makeKeyContext(workspace, 'gateway'));
  await setAccessModel(
    workspace.as('admin'),
    accessModelInputSchema.parse({
      policies: POLICIES,
      entities: Object.entries(ROLES).map(([email, roles]) => ({
        uid: { type: 'user', id: email },
        attrs: { email, roles },
      })),
      reason: 'For a test',
      basedOn: 0,
    }),
  );
});

const owned = (ownerID: string) => ({
  resource: { type: 'todo', id: '7240d0db-8ff0-41ec-98b2-34a096273b9f', properties: { ownerID } },
});

describe('a batch of the interoperability scenario', () => {
  it.each<[string, boolean[]]>([
    ['rick@the-citadel.com', [true, true, true]],
    ['morty@the-citadel.com', [false, true, false]],
    ['summer@the-smiths.com', [false, false, true]],
    ['beth@the-smiths.com', [false, false, false]],
    ['jerry@the-smiths.com', [false, false, false]],
  ])('of %s is answered to the letter', async (id, decisions) => {
    const evaluations = [
      owned('rick@the-citadel.com'),
      owned('morty@the-citadel.com'),
      owned('summer@the-smiths.com'),
    ];
    for (const name of ['can_update_todo', 'can_delete_todo']) {
      const request = { subject: { type: 'user', id }, action: { name }, evaluations };
      const { body } = await call<{ evaluations: unknown }>(evaluationsHandler, {
        key,
        body: request,
      });
      expect(JSON.stringify(body.evaluations)).toBe(
        JSON.stringify(decisions.map((decision) => ({ decision }))),
      );
    }
  });
});
