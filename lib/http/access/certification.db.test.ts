/**
 * The public certification scenario of the AuthZEN Authorization API 1.0, levels Basic and Batch (openid/authzen,
 * certification/authorization-api-1_0-scenario.md): requests as its harness sends them, over HTTP, checked as it checks them. The
 * numbers are its sections.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  action,
  active,
  admin,
  alice,
  archived,
  bob,
  Certified,
  READ,
  record,
  user,
  type Body,
} from '@/lib/http/testing/certification';

let certified: Certified;
const send: Certified['send'] = (...asked) => certified.send(...asked);
const ok: Certified['ok'] = (...asked) => certified.ok(...asked);

beforeAll(async () => {
  certified = await Certified.start();
});
afterAll(() => certified.stop());

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
