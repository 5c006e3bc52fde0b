import { beforeEach, describe, expect, it } from 'vitest';
import { createLogin, findLogin } from '@/lib/auth/logins';
import { verifyPassword } from '@/lib/auth/password';
import { takeTry } from '@/lib/auth/sign-in-throttle';
import { sql } from '@/lib/db';
import { createApiKey, createApiKeyByCommand } from './api-keys/create';
import { listApiKeys } from './api-keys/list';
import { revokeApiKey } from './api-keys/revoke';
import { changePassword } from './people/change-password';
import { changePerson } from './people/change';
import { invitePerson } from './people/invite';
import { listPeople } from './people/list';
import { resetPassword } from './people/reset-password';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from './testing/fixture';
import { removeDemo } from './workspace/remove-demo';

let workspace: TestWorkspace;
let foreign: TestWorkspace;
beforeEach(async () => {
  [workspace, foreign] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const passwordOf = async (personId: string) =>
  (
    await sql<{ password_hash: string; must_change_password: boolean }>(
      'SELECT password_hash, must_change_password FROM people WHERE id = $1',
      [personId],
    )
  )[0];

const slugOf = async (workspaceId: string) =>
  (await sql<{ slug: string }>('SELECT slug FROM workspaces WHERE id = $1', [workspaceId]))[0]
    ?.slug ?? '';

describe('people', () => {
  const email = () => `new-${Math.random().toString(36).slice(2)}@example.org`;
  const invite = (address = email(), role: 'viewer' | 'admin' = 'viewer') =>
    invitePerson(workspace.as('admin'), { email: address, name: 'New one', role });

  it('are invited with a one-time password that works and must be changed', async () => {
    const person = await invite();
    const stored = await passwordOf(person.id);
    expect(stored?.must_change_password).toBe(true);
    expect(await verifyPassword(person.oneTimePassword ?? '', stored?.password_hash ?? null)).toBe(
      true,
    );
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('person.invited');
  });

  it('keep their own password when another workspace invites them', async () => {
    const address = email();
    const first = await invite(address);
    const second = await invitePerson(foreign.as('admin'), {
      email: address,
      name: 'Somebody',
      role: 'reviewer',
    });
    expect(second).toMatchObject({ id: first.id, name: 'New one', role: 'reviewer' });
    expect(second.oneTimePassword).toBeUndefined();
    await expect(invite(address)).rejects.toEqual(code('already_member'));
  });

  it('cannot leave a workspace without an admin', async () => {
    const { personId } = workspace.as('admin').actor;
    const last = { code: 'last_admin' };
    await expect(
      changePerson(workspace.as('admin'), personId, { role: 'viewer' }),
    ).rejects.toMatchObject(last);
    await expect(
      changePerson(workspace.as('admin'), personId, { disabled: true }),
    ).rejects.toMatchObject(last);
  });

  it('cannot do so either when two admins lower each other at once', async () => {
    const other = await makePerson(workspace.id, 'admin');
    const { actor } = workspace.as('admin');
    const now = new Date();
    const results = await Promise.allSettled([
      changePerson({ actor, now }, other.personId, { role: 'viewer' }),
      changePerson({ actor: other, now }, actor.personId, { role: 'viewer' }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('are signed out everywhere once disabled', async () => {
    const person = await invite();
    const loginId = await createLogin(sql, person.id, new Date());
    const claims = { loginId, personId: person.id };
    expect(await findLogin(claims, new Date())).toBeDefined();
    await changePerson(workspace.as('admin'), person.id, { disabled: true });
    expect(await findLogin(claims, new Date())).toBeUndefined();
    await changePerson(workspace.as('admin'), person.id, { disabled: false });
    expect(await findLogin(claims, new Date())).toBeUndefined();
  });

  it('cannot be disabled by an admin of only one of their workspaces', async () => {
    const address = email();
    const { id } = await invite(address);
    await invitePerson(foreign.as('admin'), { email: address, name: 'x', role: 'viewer' });
    await expect(changePerson(foreign.as('admin'), id, { disabled: true })).rejects.toEqual(
      code('administered_elsewhere'),
    );
  });

  it('are listed by name for members, and nobody of another workspace', async () => {
    const page = await listPeople(workspace.as('viewer'), { limit: 3 });
    const rest = await listPeople(workspace.as('viewer'), {
      limit: 3,
      cursor: page.nextCursor ?? undefined,
    });
    expect([...page.items, ...rest.items].map(({ role }) => role)).toEqual([
      'admin',
      'analyst',
      'manager',
      'reviewer',
      'viewer',
    ]);
    const { personId } = workspace.as('viewer').actor;
    await expect(changePerson(foreign.as('admin'), personId, { role: 'admin' })).rejects.toEqual(
      code('not_found'),
    );
    await expect(
      changePerson(workspace.as('manager'), personId, { role: 'admin' }),
    ).rejects.toEqual(code('forbidden'));
  });
});

describe('passwords', () => {
  it('are changed by their owner, which ends every other login', async () => {
    const person = await invitePerson(workspace.as('admin'), {
      email: `pw-${Math.random()}@example.org`,
      name: 'Pat',
      role: 'viewer',
    });
    const now = new Date();
    const [here, elsewhere] = [
      await createLogin(sql, person.id, now),
      await createLogin(sql, person.id, now),
    ];
    const change = { personId: person.id, loginId: here, next: 'a much better password' };
    await expect(changePassword({ ...change, current: 'wrong' }, now)).rejects.toEqual(
      code('wrong_password'),
    );
    await changePassword({ ...change, current: person.oneTimePassword ?? '' }, now);
    expect((await passwordOf(person.id))?.must_change_password).toBe(false);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('person.password_changed');
    expect(await findLogin({ loginId: here, personId: person.id }, now)).toBeDefined();
    expect(await findLogin({ loginId: elsewhere, personId: person.id }, now)).toBeUndefined();
  });

  it('are changed while strangers guess at the address, and never over one that came meanwhile', async () => {
    const { email, personId } = workspace.as('analyst').actor;
    const now = new Date();
    const current = await resetPassword(email, now);
    for (let n = 0; n < 5; n += 1) await takeTry(email, now);
    expect(await takeTry(email, now)).toBe(15);
    const loginId = await createLogin(sql, personId, now);
    const change = (next: string) => changePassword({ personId, loginId, current, next }, now);
    const both = await Promise.allSettled([change('the first of two'), change('the other of two')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'wrong_password' },
    });
  });

  it('are reset from the command line, noted in the ledger of every workspace of the person', async () => {
    const { email, personId } = workspace.as('viewer').actor;
    for (let n = 0; n < 5; n += 1) await takeTry(email, new Date());
    const oneTimePassword = await resetPassword(email.toUpperCase(), new Date());
    expect(await takeTry(email, new Date())).toBe(0);
    expect(
      await verifyPassword(oneTimePassword, (await passwordOf(personId))?.password_hash ?? null),
    ).toBe(true);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('person.password_reset');
    await expect(resetPassword('nobody@example.org', new Date())).rejects.toThrow(
      'Nobody signs in as nobody@example.org.',
    );
  });
});

describe('API keys', () => {
  const input = { name: 'CI', role: 'viewer' } as const;
  const byCommand = async (changes: { name?: string; expiresAt?: string }) =>
    createApiKeyByCommand(
      { ...input, ...changes, workspaceSlug: await slugOf(workspace.id) },
      new Date(),
    );

  it('are shown once, listed without the key, and revoked', async () => {
    const made = await createApiKey(workspace.as('admin'), input);
    expect(made.key).toMatch(/^bk_[\w-]{43}$/);
    const listed = await listApiKeys(workspace.as('admin'), { limit: 5 });
    expect(listed.items).toMatchObject([{ id: made.id, createdBy: 'The admin', revokedAt: null }]);
    expect(JSON.stringify(listed)).not.toContain(made.key);
    await revokeApiKey(workspace.as('admin'), made.id);
    await revokeApiKey(workspace.as('admin'), made.id);
    expect(
      (await listApiKeys(workspace.as('admin'), { limit: 5 })).items[0]?.revokedAt,
    ).not.toBeNull();
    expect((await ledgerKinds(workspace.id)).slice(-2)).toEqual(['key.created', 'key.revoked']);
  });

  it('never reach the ledger', async () => {
    const made = await createApiKey(workspace.as('admin'), input);
    const rows = await sql<{ text: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS text FROM ledger_entries WHERE workspace_id = $1`,
      [workspace.id],
    );
    expect(rows.some(({ text }) => text.includes(made.key))).toBe(false);
  });

  it('are for admins of the workspace', async () => {
    await expect(createApiKey(workspace.as('manager'), input)).rejects.toEqual(code('forbidden'));
    await expect(listApiKeys(workspace.as('manager'), { limit: 5 })).rejects.toEqual(
      code('forbidden'),
    );
    const made = await createApiKey(workspace.as('admin'), input);
    await expect(revokeApiKey(foreign.as('admin'), made.id)).rejects.toEqual(code('not_found'));
  });

  it('that may decide approvals are made by somebody who has signed in just now', async () => {
    const admin = workspace.as('admin');
    const signedInAt = new Date(admin.now.getTime() - 16 * 60_000);
    const old = { ...admin, actor: { ...admin.actor, signedInAt } };
    for (const role of ['reviewer', 'analyst', 'manager', 'admin'] as const) {
      const made = { name: 'Decides', role };
      await expect(createApiKey(old, made)).rejects.toEqual(code('recent_sign_in_needed'));
      expect(await createApiKey(admin, made)).toMatchObject(made);
    }
    for (const role of ['viewer', 'gateway'] as const)
      expect(await createApiKey(old, { name: 'Decides nothing', role })).toMatchObject({ role });
  });

  it('cannot be made to expire in the past', async () => {
    const expiresAt = new Date(Date.now() - 1_000).toISOString();
    await expect(createApiKey(workspace.as('admin'), { ...input, expiresAt })).rejects.toEqual(
      code('expires_past'),
    );
    await expect(byCommand({ expiresAt })).rejects.toEqual(code('expires_past'));
  });

  it('made by a command end when it was told', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await byCommand({ name: 'For a minute', expiresAt });
    const { items } = await listApiKeys(workspace.as('admin'), { limit: 50 });
    expect(items.find(({ name }) => name === 'For a minute')?.expiresAt).toBe(expiresAt);
  });
});

describe('the demo fleet', () => {
  it('goes with everything in it, and leaves the other workspaces alone', async () => {
    const demo = await makeWorkspace('demo');
    const agent = await makeAskingAgent(demo);
    await askForApproval(demo, agent.id);
    const { actor } = workspace.as('admin');
    await sql(
      `INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, 'admin', now())`,
      [demo.id, actor.personId],
    );
    await expect(removeDemo(foreign.as('admin'))).rejects.toEqual(code('not_found'));
    await expect(removeDemo(demo.as('manager'))).rejects.toEqual(code('forbidden'));
    await expect(removeDemo(await makeKeyContext(foreign, 'admin'))).rejects.toEqual(
      code('not_found'),
    );
    await removeDemo(workspace.as('admin'));
    const tables = await sql<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables)
      expect([name, await sql(`SELECT 1 FROM ${name} WHERE workspace_id = $1`, [demo.id])]).toEqual(
        [name, []],
      );
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('demo.removed');
    expect(await sql('SELECT 1 FROM workspaces WHERE id = $1', [foreign.id])).toHaveLength(1);
  });
});
