import { beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '@/lib/auth/password';
import { signIn } from '@/lib/auth/testing/cookie';
import { newId, sql } from '@/lib/db';
import type { Handler } from '@/lib/http/handler';
import {
  agentInput,
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getEvents } from '@/lib/http/live/events';
import { createIncident } from '@/lib/services/incidents/create';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import * as agents from './agents';
import * as approvals from './approvals';
import { getHealth } from './health';
import { getMe, postPassword } from './me';
import * as settings from './settings';
import { LISTS, WITH_IDS, type Call, type Endpoint, type KnownIds } from './testing/endpoints';
import { unknownPath } from './unknown-path';

let workspace: TestWorkspace;
let foreign: TestWorkspace;
const ids: KnownIds = {
  agent: '',
  approval: '',
  incident: '',
  killSwitch: '',
  decision: '',
  person: '',
  key: '',
  digest: '',
};

beforeAll(async () => {
  [workspace, foreign] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  ids.agent = (await makeAskingAgent(workspace)).id;
  const asked = await askForApproval(workspace, ids.agent);
  ids.approval = asked.approvalId;
  ids.digest = asked.digest;
  ids.decision = asked.decisionId;
  const incident = { agentId: ids.agent, severity: 3, title: 'An incident' };
  ids.incident = (await createIncident(workspace.as('admin'), incident)).id;
  const input = { scope: { type: 'tag', value: 'x' }, mode: 'halt', reason: 'A test' } as const;
  ids.killSwitch = (await setKillSwitch(workspace.as('admin'), input)).id;
  ids.person = workspace.as('viewer').actor.personId;
  ids.key = (await makeKeyContext(workspace, 'viewer')).actor.keyId;
});

async function call(
  handler: Handler,
  { method = 'GET', params = {}, body, headers = {}, query = '' }: Call,
) {
  const request = new Request(`http://localhost:3000/api/v1/somewhere${query}`, {
    method,
    headers: {
      host: 'localhost:3000',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const parsed: unknown = isJson && text !== '' && !text.includes('\n') ? JSON.parse(text) : {};
  return { status: response.status, body: parsed as Record<string, unknown>, response };
}

const bearer = async (at: TestWorkspace, role: Parameters<typeof makeKeyContext>[1]) => ({
  authorization: `Bearer ${(await makeKeyContext(at, role)).key}`,
});

describe('every endpoint that names something', () => {
  it.each(WITH_IDS)('%s is 404 for an admin of another workspace', async (_, handler, spec) => {
    const headers = await bearer(foreign, 'admin');
    const { status, body } = await call(handler, { ...spec(ids), headers });
    expect([status, body['code']]).toEqual([404, 'not_found']);
  });

  it.each(WITH_IDS)('%s is 401 for nobody', async (_, handler, spec) => {
    const { status, response } = await call(handler, spec(ids));
    expect(status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each(WITH_IDS.filter(([name]) => !name.startsWith('GET')))(
    '%s is 403 for a viewer',
    async (_, handler, spec) => {
      const headers = await bearer(workspace, 'viewer');
      const { status, body } = await call(handler, { ...spec(ids), headers });
      expect([status, body['code']]).toEqual([403, 'forbidden']);
    },
  );

  it.each(WITH_IDS.filter(([, , spec]) => (spec(ids).method ?? 'GET') !== 'GET'))(
    '%s is 403 for another site with the cookie of an admin',
    async (_, handler, spec) => {
      const login = await signIn(workspace.as('admin').actor.personId);
      const headers = {
        cookie: login.cookie,
        'x-belay-workspace': workspace.slug,
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      };
      const { status, body } = await call(handler, { ...spec(ids), headers });
      expect([status, body['code']]).toEqual([403, 'cross_site']);
    },
  );
});

describe('every list', () => {
  it.each(LISTS)('%s answers an admin of the workspace', async (_, handler, spec) => {
    const headers = await bearer(workspace, 'admin');
    expect((await call(handler, { ...spec(ids), headers })).status).toBe(200);
  });

  it.each(LISTS)('%s names nothing of another workspace', async (_, handler, spec) => {
    const headers = await bearer(foreign, 'admin');
    const { status, body } = await call(handler, { ...spec(ids), headers });
    expect(status).toBe(200);
    for (const id of Object.values(ids)) expect(JSON.stringify(body)).not.toContain(id);
  });

  it.each(LISTS)('%s is 403 for a gateway key', async (_, handler, spec) => {
    const headers = await bearer(workspace, 'gateway');
    expect((await call(handler, { ...spec(ids), headers })).status).toBe(403);
  });
});

describe('somebody with a one-time password', () => {
  const ONE_TIME = 'came from a terminal';
  const OWN = 'a long enough password';
  let headers: Record<string, string>;

  beforeAll(async () => {
    const { personId } = await makePerson(workspace.id, 'admin');
    await sql('UPDATE people SET must_change_password = true, password_hash = $2 WHERE id = $1', [
      personId,
      await hashPassword(ONE_TIME),
    ]);
    const { cookie } = await signIn(personId);
    headers = { cookie, 'x-belay-workspace': workspace.slug };
  });

  it.each([...WITH_IDS, ...LISTS, ['events', getEvents, () => ({})] as Endpoint])(
    'is refused %s, whatever the role',
    async (_, handler, spec) => {
      const { status, body } = await call(handler, { ...spec(ids), headers });
      expect([status, body['code']]).toEqual([403, 'password_change_required']);
    },
  );

  it('may ask who they are and choose a password, and then do what the role allows', async () => {
    const me = await call(getMe, { headers });
    expect(me.body).toMatchObject({ person: { mustChangePassword: true } });
    const body = { current: ONE_TIME, next: OWN };
    const changed = await call(postPassword, { method: 'POST', body, headers });
    expect(changed.status).toBe(204);
    expect((await call(settings.getPeople, { headers })).status).toBe(200);
  });
});

describe('a cursor from outside', () => {
  const cursors = [
    'nonsense',
    Buffer.from('["x","y"]').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('["\\u0000","\\u0000"]').toString('base64url'),
    Buffer.from('["2026-01-01T00:00:00.000Z","no id"]').toString('base64url'),
    Buffer.from('[{}]').toString('base64url'),
    Buffer.from('["x"]').toString('base64url'),
  ];
  const paged = LISTS.filter(
    ([name]) => !['overview', 'ledger', 'ledger export', 'verification'].includes(name),
  );

  it.each(paged)('never breaks %s', async (_, handler) => {
    const headers = await bearer(workspace, 'admin');
    for (const cursor of cursors) {
      const { status } = await call(handler, { headers, query: `?cursor=${cursor}` });
      expect([200, 400]).toContain(status);
    }
    expect((await call(handler, { headers, query: '?cursor=%00&q=%00' })).status).toBe(400);
  });

  it('is followed to the end of every list without an error', async () => {
    const headers = await bearer(workspace, 'admin');
    for (const [, handler] of paged) {
      let query = '?limit=1';
      for (let pages = 0; pages < 50; pages += 1) {
        const { status, body } = await call(handler, { headers, query });
        expect(status).toBe(200);
        if (typeof body['nextCursor'] !== 'string') break;
        query = `?limit=1&cursor=${body['nextCursor']}`;
      }
    }
  });
});

describe('creating with an Idempotency-Key', () => {
  const register = (key: string, body: unknown, headers: Record<string, string>) =>
    call(agents.postAgent, {
      method: 'POST',
      body,
      headers: { ...headers, 'idempotency-key': key },
    });

  it('happens once, and gives the same answer again', async () => {
    const headers = await bearer(workspace, 'manager');
    const body = agentInput({ name: 'Once' });
    const key = newId();
    const answers = await Promise.all([register(key, body, headers), register(key, body, headers)]);
    const again = await register(key, body, headers);
    expect(again.status).toBe(201);
    for (const { status, body: answer } of answers)
      expect(status === 201 ? answer['id'] : answer['code']).toBe(
        status === 201 ? again.body['id'] : 'in_progress',
      );
    const rows = await sql(`SELECT 1 FROM agents WHERE workspace_id = $1 AND name = 'Once'`, [
      workspace.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('refuses the key for another request', async () => {
    const headers = await bearer(workspace, 'manager');
    const key = newId();
    await register(key, agentInput(), headers);
    const { status, body } = await register(key, agentInput(), headers);
    expect([status, body['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('writes a comment once, and answers with the call as it stands', async () => {
    const headers = await bearer(workspace, 'reviewer');
    const comment = (key: string, text: string) =>
      call(approvals.postComment, {
        method: 'POST',
        params: { id: ids.approval },
        body: { body: text },
        headers: { ...headers, 'idempotency-key': key },
      });
    const key = newId();
    await comment(key, 'Said once');
    await comment(newId(), 'Said later');
    const again = await comment(key, 'Said once');
    expect(again.status).toBe(201);
    const bodies = (again.body['comments'] as { body: string }[]).map(({ body }) => body);
    expect(bodies.filter((text) => text.startsWith('Said'))).toEqual(['Said once', 'Said later']);
  });

  it('forgets a try that failed', async () => {
    const viewer = await bearer(workspace, 'viewer');
    const body = agentInput();
    const key = newId();
    expect((await register(key, body, viewer)).status).toBe(403);
    expect(await sql('SELECT 1 FROM idempotency_keys WHERE key = $1', [key])).toEqual([]);
  });
});

describe('the rest', () => {
  it('answers a key who it is, and a person with every workspace of theirs', async () => {
    const key = await call(getMe, { headers: await bearer(workspace, 'reviewer') });
    expect(key.body).toMatchObject({ role: 'reviewer', workspace: { slug: workspace.slug } });
    const login = await signIn(workspace.as('analyst').actor.personId);
    const person = await call(getMe, { headers: { cookie: login.cookie } });
    expect(person.body).toMatchObject({ role: 'analyst', workspaces: [{ slug: workspace.slug }] });
    expect((await call(getMe, {})).status).toBe(401);
  });

  it('lets nobody change a password from another site, or with a key', async () => {
    const body = { current: 'x', next: 'a long enough password' };
    const login = await signIn(workspace.as('admin').actor.personId);
    const headers = { cookie: login.cookie, 'sec-fetch-site': 'cross-site' };
    expect((await call(postPassword, { method: 'POST', body, headers })).body['code']).toBe(
      'cross_site',
    );
    const key = await bearer(workspace, 'admin');
    expect((await call(postPassword, { method: 'POST', body, headers: key })).status).toBe(401);
  });

  it('says that it is well, and that an unknown address is none', async () => {
    expect((await call(getHealth, {})).body).toEqual({ status: 'ok' });
    expect((await call(unknownPath, {})).body['code']).toBe('unknown_path');
  });

  it('refuses malformed input with the place of what is wrong', async () => {
    const headers = await bearer(workspace, 'manager');
    const body = { ...agentInput(), publicKey: { kty: 'RSA' } };
    const answer = await call(agents.postAgent, { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body['errors'])).toContain('publicKey');
  });

  it.each([
    ['a misspelt clause', { tools: [], dataClases: ['public'] }, 1, 'dataClases'],
    ['an unknown class of data', { tools: [], dataClasses: ['secret'] }, 1, 'dataClasses'],
    ['no tools', {}, 1, 'pact.tools'],
    ['no version', { tools: [] }, undefined, 'basedOn'],
  ])('refuses a pact with %s', async (_, pact, basedOn, place) => {
    const headers = await bearer(workspace, 'manager');
    const body = { pact, reason: 'x', basedOn };
    const params = { id: ids.agent };
    const answer = await call(agents.putPact, { method: 'PUT', params, body, headers });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body['errors'])).toContain(place);
  });

  it('carries out for a key of the admin what an admin may', async () => {
    const headers = await bearer(workspace, 'admin');
    const params = { id: ids.approval };
    const body = { digest: ids.digest };
    const answer = await call(approvals.postApproval, { method: 'POST', params, body, headers });
    expect(answer).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await ledgerKinds(workspace.id)).toContain('approval.approved');
  });
});
