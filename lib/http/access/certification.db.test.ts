/**
 * The public certification scenario of the AuthZEN Authorization API 1.0 at all its levels (openid/authzen,
 * certification/authorization-api-1_0-scenario.md): requests as its harness sends them, over HTTP, checked as it checks them. The
 * numbers are its sections.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { authzenConfigurationHandler } from '@/lib/http/agents/discovery';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { seedCertification } from '@/lib/services/authzen/seed-certification';

let plane: Plane;
let url: string;
let key: string;

beforeAll(async () => {
  plane = await startPlane(0);
  url = `http://localhost:${plane.port}`;
  changeEnvironment({ BELAY_URL: url });
  key = await seedCertification(new Date());
});
afterAll(() => plane.close());

type Body = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/access/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Body,
  };
  return answer;
}

async function ok(path: string, body: unknown): Promise<Body> {
  const answer = await send(path, body);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return answer.body;
}

const user = (id: string, properties?: Body) => ({ type: 'user', id, ...said(properties) });
const record = (id: string, properties?: Body) => ({ ...user(id, properties), type: 'record' });
const action = (name: string, properties?: Body) => ({ name, ...said(properties) });
const said = (properties?: Body) => (properties === undefined ? {} : { properties });

const alice = user('alice');
const bob = user('bob');
const admin = user('bob', { role: 'admin' });
const archived = record('record-2', { status: 'archived' });
const active = record('record-1', { status: 'active' });
const READ = { subject: alice, action: action('read'), resource: record('record-1') };

describe('Basic', () => {
  it.each<[string, Body, boolean]>([
    ['2.2.1, rule 1', READ, true],
    ['rule 2', { ...READ, action: action('write') }, true],
    ['rule 3', { ...READ, subject: bob }, true],
    ['2.2.2, rule 4', { ...READ, subject: bob, action: action('write') }, false],
    ['2.2.3', { ...READ, context: { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' } }, true],
    ['2.2.4, rule 5', { ...READ, action: action('write'), resource: archived }, false],
    ['2.2.5, rule 6', { subject: admin, action: action('write'), resource: archived }, true],
    [
      'rule 6 for anybody who is said to be an admin',
      { subject: user('alice', { role: 'admin' }), action: action('write'), resource: archived },
      true,
    ],
    [
      'rule 5 for any record that is said to be archived',
      { ...READ, action: action('write'), resource: record('record-1', { status: 'archived' }) },
      false,
    ],
    ['2.2.6, rule 7', { ...READ, action: action('delete', { soft: true }) }, true],
    ['2.2.7, rule 8', { ...READ, action: action('delete', { soft: false }) }, false],
    [
      '2.2.8',
      {
        subject: user('alice', { department: 'Sales', role: 'manager' }),
        action: action('read', { method: 'GET' }),
        resource: record('record-1', { status: 'active', owner: 'bob' }),
      },
      true,
    ],
    ['2.2.9', { ...READ, foo: 'bar', futureField: { nested: true } }, true],
  ])('decides %s', async (_section, request, decision) => {
    const body = await ok('evaluation', request);
    expect(body).toEqual({ decision });
  });

  it.each<[string, unknown]>([
    ['2.4.1 subject', { action: READ.action, resource: READ.resource }],
    ['2.4.1 action', { subject: alice, resource: READ.resource }],
    ['2.4.1 resource', { subject: alice, action: READ.action }],
    ['2.4.2 subject.type', { ...READ, subject: { id: 'alice' } }],
    ['2.4.2 subject.id', { ...READ, subject: { type: 'user' } }],
    ['2.4.2 action.name', { ...READ, action: {} }],
    ['2.4.2 resource.type', { ...READ, resource: { id: 'record-1' } }],
    ['2.4.2 resource.id', { ...READ, resource: { type: 'record' } }],
    ['2.4.4 malformed JSON', '{"subject":'],
    ['2.4.5 an empty body', ''],
    ['2.4.6 subject as text', { ...READ, subject: 'alice' }],
    ['2.4.6 action.name as number', { ...READ, action: { name: 123 } }],
  ])('refuses %s with 400, and names the request', async (_section, request) => {
    for (const path of ['evaluation', 'evaluations']) {
      const { status, headers } = await send(path, request, { 'x-request-id': 'r-400' });
      expect(status).toBe(400);
      expect(headers.get('x-request-id')).toBe('r-400');
    }
  });

  it('refuses another content type with 400 (2.4.3)', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
      expect((await send('evaluation', READ, { 'content-type': type })).status).toBe(400);
  });

  it('gives X-Request-ID back as it came, on every answer, and needs none (2.5)', async () => {
    const id = 'bfe9eb29 ab87/4ca3:"be83"';
    const given = { 'x-request-id': id };
    const answers = [
      await send('evaluation', READ, given),
      await send('evaluations', READ, given),
      await send('evaluation', '', given),
      await send('evaluation', READ, { ...given, authorization: 'Bearer nobody' }),
      await send('nowhere', READ, given),
      await send('evaluation', `"${'x'.repeat(3_000_000)}"`, given),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 401, 404, 413]);
    for (const { headers } of answers) expect(headers.get('x-request-id')).toBe(id);
    expect((await send('evaluation', READ)).status).toBe(200);
  });

  it('decides the same again and again (2.6)', async () => {
    for (let time = 0; time < 5; time += 1)
      expect(await ok('evaluation', READ)).toEqual({ decision: true });
  });
});

describe('Batch', () => {
  it.each<[string, Body, boolean[]]>([
    [
      '3.2.2',
      {
        subject: bob,
        resource: record('record-1'),
        evaluations: [{ action: action('read') }, { action: action('write') }],
      },
      [true, false],
    ],
    [
      '3.2.3',
      {
        subject: alice,
        action: action('write'),
        evaluations: [{ resource: active }, { resource: archived }],
      },
      [true, false],
    ],
    [
      '3.2.4',
      {
        action: action('write'),
        resource: archived,
        evaluations: [{ subject: alice }, { subject: admin }],
      },
      [false, true],
    ],
    [
      '3.2.5',
      { evaluations: [READ, { ...READ, subject: bob, action: action('write') }] },
      [true, false],
    ],
    [
      '3.2.7',
      {
        subject: alice,
        action: action('write'),
        resource: { type: 'record' },
        evaluations: [
          { resource: { id: 'record-1', properties: { status: 'active' } } },
          { resource: archived },
        ],
      },
      [true, false],
    ],
  ])('decides %s in order, with nothing beside the decisions', async (_section, request, all) => {
    const body = await ok('evaluations', request);
    expect(JSON.stringify(body)).toBe(
      JSON.stringify({ evaluations: all.map((decision) => ({ decision })) }),
    );
  });

  it('inherits a context unless an evaluation has its own (3.2.1, 3.2.6)', async () => {
    const { evaluations } = await ok('evaluations', {
      subject: alice,
      action: action('read'),
      context: { time: '2025-06-27T18:03-07:00' },
      evaluations: [
        { resource: record('record-1') },
        {
          resource: record('record-2'),
          context: { time: '2025-06-27T19:00-07:00', source: 'batch-override' },
        },
      ],
    });
    expect(evaluations).toEqual([{ decision: true }, { decision: true }]);
  });

  it('replaces a whole entity: no property of a default is said of another (3.2.7)', async () => {
    const { evaluations } = await ok('evaluations', {
      subject: alice,
      action: action('write'),
      resource: archived,
      evaluations: [{}, { resource: { id: 'record-1' } }, { resource: record('record-1') }],
    });
    expect(evaluations).toEqual([{ decision: false }, { decision: true }, { decision: true }]);
  });

  it('says what is wrong with one of several in its own answer (3.4.1)', async () => {
    const { evaluations } = (await ok('evaluations', {
      subject: alice,
      action: action('read'),
      evaluations: [{ resource: record('record-1') }, {}, 'nonsense', { resource: 7 }, null],
    })) as { evaluations: { decision: boolean; context?: { error: { status: number } } }[] };
    expect(evaluations).toHaveLength(5);
    expect(evaluations.map(({ decision }) => decision)).toEqual([true, false, false, false, false]);
    expect(evaluations.slice(1).map(({ context }) => context?.error.status)).toEqual([
      400, 400, 400, 400,
    ]);
  });

  it('answers as the single evaluation without evaluations (3.4.2, 3.4.3)', async () => {
    expect(await ok('evaluations', READ)).toEqual({ decision: true });
    expect(await ok('evaluations', { ...READ, evaluations: [] })).toEqual({ decision: true });
  });

  it.each([
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('stops where %s says', async (semantic, decisions) => {
    const { evaluations } = await ok('evaluations', {
      subject: bob,
      resource: record('record-1'),
      options: { evaluations_semantic: semantic, another_option: 'value' },
      evaluations: ['read', 'write', 'read'].map((name) => ({ action: action(name) })),
    });
    expect(evaluations).toEqual(decisions.map((decision) => ({ decision })));
  });

  it('takes a broken evaluation for a denial where the first denial ends it', async () => {
    const { evaluations } = (await ok('evaluations', {
      subject: bob,
      resource: record('record-1'),
      options: { evaluations_semantic: 'deny_on_first_deny' },
      evaluations: [{}, { action: action('read') }],
    })) as { evaluations: unknown[] };
    expect(evaluations).toHaveLength(1);
  });

  it.each([
    ['an unknown semantic', { options: { evaluations_semantic: 'some' }, evaluations: [READ] }],
    ['evaluations that are no list', { ...READ, evaluations: READ }],
    ['a default of the wrong type', { subject: 'alice', evaluations: [READ] }],
    [
      'more evaluations than there may be',
      { evaluations: Array.from({ length: 101 }, () => READ) },
    ],
  ])('refuses %s as a whole', async (_what, request) => {
    expect((await send('evaluations', request)).status).toBe(400);
  });
});

describe('Search', () => {
  const results = async (kind: string, body: unknown) => {
    const answer = await ok(`search/${kind}`, body);
    return answer['results'] as Body[];
  };
  const anyUser = { type: 'user' };
  const anyRecord = { type: 'record' };

  it('finds subjects (4.2)', async () => {
    const question = { ...READ, subject: anyUser };
    expect(await results('subject', question)).toEqual([alice, bob]);
    expect(await results('subject', { ...question, context: { time: 'now' } })).toHaveLength(2);
    expect(await results('subject', { ...question, subject: { ...anyUser, id: 7 } })).toHaveLength(
      2,
    );
    const write = { subject: anyUser, action: action('write'), resource: archived };
    expect(await results('subject', write)).toEqual([bob]);
  });

  it('finds resources (4.3)', async () => {
    const question = { ...READ, resource: anyRecord };
    expect(await results('resource', question)).toEqual([record('record-1'), record('record-2')]);
    const write = { subject: admin, action: action('write'), resource: anyRecord };
    expect(await results('resource', write)).toEqual([record('record-2')]);
  });

  it('finds actions (4.4)', async () => {
    const question = { subject: alice, resource: record('record-1') };
    expect(await results('action', question)).toEqual([{ name: 'read' }, { name: 'write' }]);
    expect(await results('action', { ...question, context: { ip: '::1' } })).toHaveLength(2);
    const byAdmin = { subject: admin, resource: archived };
    expect(await results('action', byAdmin)).toEqual([{ name: 'read' }, { name: 'write' }]);
  });

  it('pages (4.5)', async () => {
    const question = { ...READ, subject: anyUser };
    const first = await ok('search/subject', { ...question, page: { limit: 1 } });
    expect(first).toMatchObject({ results: [alice], page: { count: 1 } });
    const { next_token: token } = first['page'] as { next_token: string };
    expect(token).not.toBe('');
    expect(await ok('search/subject', { ...question, page: { token } })).toEqual({
      results: [bob],
      page: { next_token: '', count: 1 },
    });
  });

  it('finds nothing for what nobody knows, and calls it no error (4.6)', async () => {
    const stranger = { subject: user('nonexistent-user'), resource: record('record-1') };
    expect(await results('action', stranger)).toEqual([]);
    expect(await results('subject', { ...READ, subject: { type: 'spaceship' } })).toEqual([]);
    expect(await results('subject', { ...READ, subject: { type: 'a space ship' } })).toEqual([]);
    expect(await results('resource', { ...READ, resource: { type: 'planet' } })).toEqual([]);
  });

  it.each<[string, Body]>([
    ['subject', { subject: anyUser, resource: READ.resource }],
    ['resource', { action: READ.action, resource: anyRecord }],
    ['action', { subject: alice }],
    ['subject', { ...READ, subject: anyUser, resource: anyRecord }],
    ['resource', { ...READ, subject: anyUser, resource: anyRecord }],
    ['subject', { ...READ, subject: anyUser, page: { limit: 'one' } }],
    ['subject', { ...READ, subject: anyUser, page: { token: 'invented' } }],
  ])('refuses a search for a %s that lacks something with 400 (4.7)', async (kind, request) => {
    const { status, headers } = await send(`search/${kind}`, request, { 'x-request-id': 'r-1' });
    expect(status).toBe(400);
    expect(headers.get('x-request-id')).toBe('r-1');
  });

  it('writes nothing down', async () => {
    const count = async () =>
      (
        await sql<{ n: number }>(
          `SELECT (SELECT count(*) FROM decisions)::int + (SELECT count(*) FROM signals)::int
             + (SELECT sum(seq) FROM ledger_heads)::int AS n`,
        )
      )[0]?.n;
    const before = await count();
    await results('subject', { ...READ, subject: anyUser });
    await results('action', { subject: alice, resource: record('record-1') });
    await ok('evaluation', READ);
    expect(await count()).toBe(before);
  });
});

describe('Discovery', () => {
  it('says where everything is (6)', async () => {
    // A plane has no discovery documents: the console's handler.
    const response = await authzenConfigurationHandler(
      new Request(`${url}/.well-known/authzen-configuration`),
      { params: Promise.resolve({}) },
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const metadata = (await response.json()) as Body;
    expect(metadata['policy_decision_point']).toBe(url);
    const endpoints = {
      access_evaluation_endpoint: 'evaluation',
      access_evaluations_endpoint: 'evaluations',
      search_subject_endpoint: 'search/subject',
      search_resource_endpoint: 'search/resource',
      search_action_endpoint: 'search/action',
    };
    for (const [name, path] of Object.entries(endpoints)) {
      expect(metadata[name]).toBe(`${url}/access/v1/${path}`);
      // An address that is named is one that answers.
      const answer = await fetch(String(metadata[name]), { method: 'POST' });
      expect(answer.status).toBe(401);
    }
  });
});

describe('the command that makes the fixture', () => {
  it('puts it right again, with another key', async () => {
    expect(await seedCertification(new Date())).not.toBe(key);
    expect(await ok('evaluation', READ)).toEqual({ decision: true });
  });
});
