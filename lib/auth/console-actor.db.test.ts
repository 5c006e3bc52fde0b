import { encode } from 'next-auth/jwt';
import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { makeKeyContext, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { consoleActor } from './console-actor';
import { sessionCookieName } from './session-cookie';
import { signIn } from './testing/cookie';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const ask = (headers: Record<string, string>, method = 'GET', query = '') =>
  consoleActor(
    new Request(`http://localhost:3000/api/v1/agents${query}`, {
      method,
      headers: { host: 'localhost:3000', ...headers },
    }),
  );
const as = async (role: 'viewer' | 'reviewer' | 'admin') => {
  const { actor } = workspace.as(role);
  const login = await signIn(actor.personId, new Date(Date.now() - 16 * 60_000));
  const headers = { cookie: login.cookie, 'x-belay-workspace': workspace.slug };
  return { actor: { ...actor, signedInAt: login.signedInAt }, login, headers };
};

describe('a person with a cookie', () => {
  it('is known, with the role of the workspace that was named', async () => {
    const { actor, headers } = await as('reviewer');
    expect(await ask(headers)).toEqual(actor);
  });

  it('may name the workspace in the address, where headers cannot be set', async () => {
    const { actor, login } = await as('viewer');
    expect(await ask({ cookie: login.cookie }, 'GET', `?workspace=${workspace.slug}`)).toEqual(
      actor,
    );
  });

  it('must name a workspace', async () => {
    const { login } = await as('viewer');
    await expect(ask({ cookie: login.cookie })).rejects.toEqual(code('workspace_required'));
  });

  it('finds no workspace of other people, as if it did not exist', async () => {
    const other = await makeWorkspace();
    const { login } = await as('admin');
    const inOther = ask({ cookie: login.cookie, 'x-belay-workspace': other.slug });
    const inNone = ask({ cookie: login.cookie, 'x-belay-workspace': 'no-such' });
    const [foreign, missing] = await Promise.allSettled([inOther, inNone]);
    expect(foreign).toEqual(missing);
    expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  });

  it('has the new role at the next request', async () => {
    const { actor, headers } = await as('admin');
    await sql(`UPDATE memberships SET role = 'viewer' WHERE person_id = $1`, [actor.personId]);
    expect((await ask(headers)).role).toBe('viewer');
  });

  it.each([
    ['disabled', 'UPDATE people SET disabled_at = now() WHERE id = $1'],
    ['signed out', 'UPDATE login_sessions SET revoked_at = now() WHERE person_id = $1'],
    [
      'signed in too long ago',
      `UPDATE login_sessions SET expires_at = now() - interval '1 second' WHERE person_id = $1`,
    ],
  ])('is out at the next request when %s', async (_, statement) => {
    const { actor, headers } = await as('admin');
    await sql(statement, [actor.personId]);
    await expect(ask(headers)).rejects.toEqual(code('not_signed_in'));
  });

  it('is out of a workspace at the next request when the membership ends', async () => {
    const { actor, headers } = await as('admin');
    await sql('DELETE FROM memberships WHERE person_id = $1', [actor.personId]);
    await expect(ask(headers)).rejects.toEqual(code('not_found'));
  });

  it('can do nothing with a one-time password, in any workspace, and everything with one of their own', async () => {
    const { actor, headers } = await as('admin');
    const set = 'UPDATE people SET must_change_password = $2 WHERE id = $1';
    await sql(set, [actor.personId, true]);
    const refused = { kind: 'forbidden', code: 'password_change_required' };
    await expect(ask(headers)).rejects.toMatchObject(refused);
    await expect(ask(headers, 'POST')).rejects.toMatchObject(refused);
    await expect(ask({ ...headers, 'x-belay-workspace': 'no-such' })).rejects.toMatchObject(
      refused,
    );
    await sql(set, [actor.personId, false]);
    expect(await ask(headers)).toEqual(actor);
  });

  it('cannot write from another site', async () => {
    const { headers } = await as('admin');
    const foreign = { ...headers, origin: 'https://evil.example' };
    await expect(ask(foreign, 'POST')).rejects.toEqual(code('cross_site'));
    await expect(
      ask({ ...headers, 'sec-fetch-site': 'same-origin' }, 'POST'),
    ).resolves.toBeDefined();
  });

  it('is nobody with a forged cookie, or one of another login', async () => {
    const { actor } = workspace.as('admin');
    const login = await signIn(actor.personId);
    const forged = await encode({
      token: { sub: actor.personId, login: login.loginId },
      secret: 'not the secret of this installation',
    });
    const cookie = `${sessionCookieName()}=${forged}`;
    await expect(ask({ cookie, 'x-belay-workspace': workspace.slug })).rejects.toEqual(
      code('not_signed_in'),
    );
    const unknown = await signIn(actor.personId);
    await sql('UPDATE login_sessions SET id = $2 WHERE id = $1', [unknown.loginId, newId()]);
    await expect(
      ask({ cookie: unknown.cookie, 'x-belay-workspace': workspace.slug }),
    ).rejects.toEqual(code('not_signed_in'));
  });
});

describe('a program with an API key', () => {
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it('is known in the workspace of its key, and may name no other', async () => {
    const { key, actor } = await makeKeyContext(workspace, 'manager');
    expect(await ask(bearer(key))).toEqual(actor);
    const other = await makeWorkspace();
    await expect(ask({ ...bearer(key), 'x-belay-workspace': other.slug })).rejects.toEqual(
      code('not_found'),
    );
  });

  it('may write from anywhere: no browser sends keys by itself', async () => {
    const { key } = await makeKeyContext(workspace, 'manager');
    await expect(
      ask({ ...bearer(key), origin: 'https://x.example' }, 'POST'),
    ).resolves.toBeDefined();
  });

  it('leaves a trace of its use', async () => {
    const { key, actor } = await makeKeyContext(workspace, 'viewer');
    await ask(bearer(key));
    const [row] = await sql<{ used: boolean }>(
      'SELECT last_used_at IS NOT NULL AS used FROM api_keys WHERE id = $1',
      [actor.keyId],
    );
    expect(row?.used).toBe(true);
  });

  it.each([
    ['revoked', 'UPDATE api_keys SET revoked_at = now() WHERE id = $1'],
    ['expired', `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`],
  ])('is out at the next request when the key is %s', async (_, statement) => {
    const { key, actor } = await makeKeyContext(workspace, 'admin');
    await sql(statement, [actor.keyId]);
    await expect(ask(bearer(key))).rejects.toEqual(code('invalid_api_key'));
  });

  it('is nobody with a key nobody made', async () => {
    await expect(ask(bearer('bk_nobody'))).rejects.toEqual(code('invalid_api_key'));
    await expect(ask({})).rejects.toEqual(code('not_signed_in'));
  });

  it('never has its key stored', async () => {
    const { key } = await makeKeyContext(workspace, 'viewer');
    const rows = await sql('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);
  });
});
