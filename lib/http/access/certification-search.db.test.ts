/** The same scenario as in certification.db.test.ts, levels Search and Discovery, and the command that makes its fixture. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { authzenConfigurationHandler } from '@/lib/http/agents/discovery';
import {
  action,
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
import { seedCertification } from '@/lib/services/authzen/seed-certification';

let certified: Certified;
const send: Certified['send'] = (...asked) => certified.send(...asked);
const ok: Certified['ok'] = (...asked) => certified.ok(...asked);

beforeAll(async () => {
  certified = await Certified.start();
});
afterAll(() => certified.stop());

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
      new Request(`${certified.url}/.well-known/authzen-configuration`),
      { params: Promise.resolve({}) },
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const metadata = (await response.json()) as Body;
    expect(metadata['policy_decision_point']).toBe(certified.url);
    const endpoints = {
      access_evaluation_endpoint: 'evaluation',
      access_evaluations_endpoint: 'evaluations',
      search_subject_endpoint: 'search/subject',
      search_resource_endpoint: 'search/resource',
      search_action_endpoint: 'search/action',
    };
    for (const [name, path] of Object.entries(endpoints)) {
      expect(metadata[name]).toBe(`${certified.url}/access/v1/${path}`);
      // An address that is named is one that answers.
      const answer = await fetch(String(metadata[name]), { method: 'POST' });
      expect(answer.status).toBe(401);
    }
  });
});

describe('the command that makes the fixture', () => {
  it('puts it right again, with another key', async () => {
    expect(await seedCertification(new Date())).not.toBe(certified.key);
    expect(await ok('evaluation', READ)).toEqual({ decision: true });
  });
});
