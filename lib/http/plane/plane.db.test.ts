import { connect } from 'node:net';
import { existsSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentToken } from '@/lib/client/agent/index';
import { MAX_AGENT_BODY_BYTES } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { makeFleet, type Evaluated } from '@/lib/http/testing/fleet';
import { startPlane, type Plane } from './server';
import { PLANE_ROUTES } from './routes';

const ARRIVE_MS = 700;
const ACTION = {
  action: { name: 'note.write', properties: { arguments: { text: 'hello' } } },
  resource: { type: 'note', id: 'n-1' },
};

let plane: Plane;
let url: string;
let fleet: Awaited<ReturnType<typeof makeFleet>>;
let token: string;

beforeAll(async () => {
  plane = await startPlane(0, ARRIVE_MS);
  url = `http://localhost:${plane.port}`;
  changeEnvironment({ BELAY_PLANE_URL: url });
  fleet = await makeFleet();
  token = await signIn();
});
afterAll(() => plane.close());

/** The agent signs in at the plane, with an assertion for the plane's own token endpoint. */
async function signIn(): Promise<string> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  await sql(
    `INSERT INTO agent_keys (workspace_id, agent_id, kid, public_jwk, created_at) VALUES ($1, $2, $3, $4::jsonb, now())`,
    [fleet.workspace.id, fleet.agentId, newId(), JSON.stringify(await exportJWK(pair.publicKey))],
  );
  const privateKey = await exportJWK(pair.privateKey);
  return new AgentToken({ agentId: fleet.agentId, privateKey, url }).current();
}

const send = (path: string, init: RequestInit = {}) =>
  fetch(url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-request-id': 'r-7',
      ...init.headers,
    },
  });
const post = (path: string, body: unknown) =>
  send(path, { method: 'POST', body: JSON.stringify(body) });

/** Sends bytes as they are. @returns all that came back until the server closed the connection */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(plane.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

describe('a plane', () => {
  it('decides, waits, redeems and takes the outcome as the console does', async () => {
    const asked = await post('/access/v1/evaluation', {
      subject: { type: 'agent', id: fleet.agentId },
      ...ACTION,
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('x-request-id')).toBe('r-7');
    expect(asked.headers.get('cache-control')).toBe('no-store');
    const { decision, context } = (await asked.json()) as Evaluated;
    expect(decision).toBe(true);
    const path = `/api/v1/decisions/${context.id}`;
    expect(await (await send(path)).json()).toMatchObject({ id: context.id, state: 'final' });
    const redeemed = await post(`${path}/redeem`, ACTION);
    expect(redeemed.status).toBe(200);
    expect((await post(`${path}/redeem`, ACTION)).status).toBe(409);
    const reported = await post(`${path}/outcome`, { status: 'succeeded', output: 'written' });
    expect(reported.status).toBeLessThan(300);
    const [row] = await sql<{ state: string }>(
      'SELECT state FROM decisions WHERE workspace_id = $1 AND id = $2',
      [fleet.workspace.id, context.id],
    );
    expect(row?.state).toBe('redeemed');
  });

  it('answers many evaluations in the order they were asked in', async () => {
    const names = ['note.read', 'note.write', 'nobody.described.this'];
    const asked = await post('/access/v1/evaluations', {
      subject: { type: 'agent', id: fleet.agentId },
      evaluations: names.map((name) => ({ ...ACTION, action: { ...ACTION.action, name } })),
    });
    const { evaluations } = (await asked.json()) as { evaluations: Evaluated[] };
    expect(evaluations.map(({ decision }) => decision)).toEqual([true, true, false]);
  });

  it('has the keys that permits are checked with, and says that it can decide', async () => {
    const { keys } = (await (await send('/.well-known/jwks.json')).json()) as { keys: unknown[] };
    expect(keys.length).toBeGreaterThan(0);
    expect(await (await send('/api/health')).json()).toEqual({ status: 'ok' });
  });

  it('says what is wrong with an address, a method, a token and a body', async () => {
    const problemOf = async (response: Response) => {
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const { code } = (await response.json()) as { code: string };
      return `${response.status} ${code}`;
    };
    const evaluation = '/access/v1/evaluation';
    expect(await problemOf(await send('/default/approvals'))).toBe('404 unknown_path');
    expect(await problemOf(await send('/api/v1/decisions/%E0%A4%A'))).toBe('404 unknown_path');
    const wrongMethod = await send(evaluation);
    expect(wrongMethod.headers.get('allow')).toBe('POST');
    expect(await problemOf(wrongMethod)).toBe('405 method_not_allowed');
    const stranger = { authorization: 'Bearer nobody' };
    expect(
      await problemOf(await send(evaluation, { method: 'POST', body: '{}', headers: stranger })),
    ).toBe('401 invalid_token');
    const bodies: readonly [BodyInit, string][] = [
      ['', '400 empty_body'],
      ['{', '400 malformed_json'],
      ['{}', '400 malformed_body'],
      ['{"a": 1, "a": 2}', '400 duplicate_member'],
      [new Uint8Array([0x7b, 0xff, 0x7d]), '400 malformed_encoding'],
    ];
    for (const [body, problem] of bodies)
      expect(await problemOf(await send(evaluation, { method: 'POST', body }))).toBe(problem);
  });

  it('does not read what is too large, and goes on with others', async () => {
    const head = `POST /access/v1/evaluation HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`;
    const declared = await raw(`${head}content-length: 104857600\r\n\r\n{`);
    expect(declared).toMatch(/^HTTP\/1\.1 413 /);
    expect(declared).toContain('body_too_large');
    const chunk = `10000\r\n${' '.repeat(0x1_0000)}\r\n`;
    // One chunk more than it takes, so that nothing is on its way when the connection is closed.
    const chunks = chunk.repeat((MAX_AGENT_BODY_BYTES * 4) / 0x1_0000 + 1);
    const growing = await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunks}`);
    expect(growing).toMatch(/^HTTP\/1\.1 413 /);
    expect((await send('/api/health')).status).toBe(200);
  });

  it('ends a request that does not arrive, and one that is none', async () => {
    const head = `POST /access/v1/evaluation HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`;
    expect(await raw(`${head}content-length: 10\r\n\r\n{`)).toMatch(/^HTTP\/1\.1 408 /);
    expect(await raw('GET / HTTP/1.1\r\nhost')).toMatch(/^HTTP\/1\.1 408 /);
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const both = `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await raw(both)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await send('/api/health')).status).toBe(200);
  });
});

describe('the routes of a plane', () => {
  it('are the handlers that the console mounts at the same addresses', async () => {
    for (const { method, pattern, handler } of PLANE_ROUTES) {
      const file = `app${pattern.replace(':id', '[id]')}/route`;
      expect(existsSync(`${file}.ts`)).toBe(true);
      const mounted = (await import(/* @vite-ignore */ `@/${file}`)) as Record<string, unknown>;
      expect(mounted[method]).toBe(handler);
    }
  });
});
