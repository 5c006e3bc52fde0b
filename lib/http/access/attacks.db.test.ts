/** What strangers send to the AuthZEN endpoints, over HTTP: bodies without an end, without a form, without a type, of other workspaces. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import type { EvaluationResponse } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { makeFleet } from '@/lib/http/testing/fleet';
import { makeKeyContext, makeWorkspace } from '@/lib/services/testing/fixture';

/** How long the server lets a request arrive here. */
const ARRIVE_MS = 700;
const PATHS = [
  '/access/v1/evaluation',
  '/access/v1/evaluations',
  '/access/v1/search/subject',
  '/access/v1/search/resource',
  '/access/v1/search/action',
  '/access/v1/requests',
];

let plane: Plane;
let url: string;
let fleet: Awaited<ReturnType<typeof makeFleet>>;
let key: string;
beforeAll(async () => {
  plane = await startPlane(0, ARRIVE_MS);
  url = `http://localhost:${plane.port}`;
  fleet = await makeFleet();
  key = fleet.key('gateway');
});
afterAll(() => plane.close());

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId: string | null;
}
async function send(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url + path, {
    method: 'POST',
    ...init,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'x-request-id': 'attack-1',
      ...init.headers,
    },
  });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, requestId: response.headers.get('x-request-id') };
}

/** Sends bytes as they are. @returns all that came back until the server closed the connection */
const raw = (chunks: (write: (text: string) => void) => void): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(plane.port, '127.0.0.1', () => chunks((text) => socket.write(text)));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    // A server that hangs up on who goes on sending is an end as well.
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });
const head = (path: string, more: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nX-Request-ID: attack-1\r\n${more}\r\n\r\n`;

const whole = () => ({
  subject: { type: 'agent', id: fleet.agentId },
  action: { name: 'note.read' },
  resource: { type: 'note', id: 'n-1' },
});
const left = async () =>
  sql(
    `SELECT (SELECT count(*) FROM decisions) AS decisions, (SELECT count(*) FROM access_requests) AS requests,
       (SELECT sum(seq) FROM ledger_heads) AS ledger`,
  );

describe.each(PATHS)('%s', (path) => {
  it('reads no hundred megabytes, announced or not, and says so with the request id', async () => {
    const announced = await raw((write) => write(head(path, 'Content-Length: 104857600')));
    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
    expect(announced).toContain('body_too_large');
    expect(announced.toLowerCase()).toContain('x-request-id: attack-1');
    const piece = 'x'.repeat(64 * 1024);
    const chunked = await raw((write) => {
      write(head(path, 'Transfer-Encoding: chunked'));
      for (let sent = 0; sent < 100 * 1024 * 1024; sent += piece.length)
        write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    });
    expect(chunked).toMatch(/^(HTTP\/1\.1 413 |$)/);
  });

  it('waits for no body that comes a byte at a time', async () => {
    const slow = await raw((write) => {
      write(head(path, 'Content-Length: 1000'));
      write('{');
    });
    expect(slow).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('refuses what is too deep, of another type, empty, broken, or no UTF-8', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const cases: [RequestInit, string][] = [
      [{ body: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, '400 nested_too_deep'],
      [{ body: deep }, '400 nested_too_deep'],
      [
        { body: JSON.stringify(whole()), headers: { 'content-type': 'text/plain' } },
        '400 wrong_content_type',
      ],
      [
        {
          body: JSON.stringify(whole()),
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        },
        '400 wrong_content_type',
      ],
      [{ body: '' }, '400 empty_body'],
      [{ body: '{"subject":' }, '400 malformed_json'],
      [{ body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }, '400 malformed_encoding'],
      [{ body: '[]' }, '400 malformed_body'],
      [{ body: 'null' }, '400 malformed_body'],
      [{ body: '{"__proto__": {"subject": 1}}' }, '400 reserved_member'],
      [
        { body: JSON.stringify({ ...whole(), context: { note: '\u0000' } }) },
        '400 unstorable_text',
      ],
    ];
    const before = await left();
    for (const [init, expected] of cases) {
      const { status, code, requestId } = await send(path, init);
      expect(`${status} ${code}`).toBe(expected);
      expect(requestId).toBe('attack-1');
    }
    expect(await left()).toEqual(before);
  });

  it('is for callers it knows', async () => {
    const body = JSON.stringify(whole());
    for (const authorization of ['', 'Bearer nobody', 'Bearer bk_nobody', 'Basic YTpi'])
      expect((await send(path, { body, headers: { authorization } })).status).toBe(401);
  });
});

describe('a caller of another workspace', () => {
  it('reaches no agent, no approval and no task of this one', async () => {
    const stranger = (await makeKeyContext(await makeWorkspace(), 'gateway')).key;
    const elsewhere = { authorization: `Bearer ${stranger}` };
    const ask = async (path: string, body: object) => {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { ...elsewhere, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const evaluated = await ask('/access/v1/evaluation', whole());
    expect((evaluated.body as unknown as EvaluationResponse).context.reasons[0]?.code).toBe(
      'agent.unknown',
    );
    const { subject, resource, action } = whole();
    expect((await ask('/access/v1/search/action', { subject, resource })).body['results']).toEqual(
      [],
    );
    const subjects = await ask('/access/v1/search/subject', {
      subject: { type: 'agent' },
      action,
      resource,
    });
    expect(subjects.body['results']).toEqual([]);
    const denial = { evaluation_id: fleet.agentId, expires_at: '2030-01-01T00:00:00Z' };
    expect((await ask('/access/v1/requests', { ...whole(), denial })).status).toBe(400);
  });

  it('uses no token of an agent here for an agent there', async () => {
    const other = await makeFleet();
    const token = await issueAgentToken(
      { kind: 'agent', agentId: other.agentId, workspaceId: other.workspace.id },
      Date.now(),
    );
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify(whole());
    expect(await send('/access/v1/evaluation', { body, headers })).toMatchObject({
      status: 403,
      code: 'subject_mismatch',
    });
  });
});

it('answers no agent about a subject that is none, also under its own id', async () => {
  const { agentId, workspace } = fleet;
  const actor = { kind: 'agent', agentId, workspaceId: workspace.id } as const;
  const headers = { authorization: `Bearer ${await issueAgentToken(actor, Date.now())}` };
  const subject = { type: 'user', id: agentId, properties: { role: 'admin' } };
  const body = JSON.stringify({ ...whole(), subject });
  expect(await send('/access/v1/evaluation', { body, headers })).toMatchObject({
    status: 403,
    code: 'subject_mismatch',
  });
});

describe('searches at the same time', () => {
  it('are bounded for one caller, and everybody is answered', async () => {
    const { subject, resource } = whole();
    const body = JSON.stringify({ subject, resource });
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => send('/access/v1/search/action', { body })),
    );
    const told = new Set(answers.map(({ status, code }) => `${status} ${code ?? ''}`.trim()));
    told.delete('429 too_many_open');
    expect([...told]).toEqual(['200']);
    expect((await send('/access/v1/search/action', { body })).status).toBe(200);
  });
});
