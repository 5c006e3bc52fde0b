import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BelayApi } from '../belay/api';
import { AgentSession } from './session';

/** What Belay's address answers, and what it took: while `away` it takes nothing. */
let away: boolean;
let taken: string[];
let session: AgentSession;
const server = createServer((request, response) => {
  if (!away) taken.push(request.url ?? '');
  request.resume().on('end', () => response.writeHead(away ? 503 : 200).end('{}'));
});

beforeEach(async () => {
  [away, taken] = [true, []];
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const api = new BelayApi({ url: `http://localhost:${port}`, key: 'key' });
  const facts = { agent: 'agent', client: 'client', request: undefined };
  session = new AgentSession(api, facts, undefined);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a session whose outcome Belay could not take', () => {
  it('is refused while Belay does not have it, sends it then, and goes on', async () => {
    session.report('d-1', { status: 'succeeded', output: 'what was read' });
    await expect(session.ready()).rejects.toMatchObject({ status: 503 });
    await expect(session.ready()).rejects.toMatchObject({ status: 503 });
    expect(session.idle).toBe(false);
    away = false;
    await Promise.all([session.ready(), session.ready()]);
    expect(taken).toEqual(['/api/v1/decisions/d-1/outcome']);
    expect(session.idle).toBe(true);
    await session.ready();
    expect(taken).toHaveLength(1);
  });
});

describe('a session with a call that waits', () => {
  it('is kept until its approval has ended and nobody asks any more', () => {
    const approval = (expiresAt: string) => ({ id: 'a-1', url: 'http://localhost/a', expiresAt });
    const call = { decisionId: 'd-1', approval: approval('2999-01-01T00:00:00.000Z'), waiters: 0 };
    session.waiting.set('call', call);
    expect(session.idle).toBe(false);
    const ended = { ...call, approval: approval('2020-01-01T00:00:00.000Z') };
    session.waiting.set('call', { ...ended, waiters: 1 });
    expect(session.idle).toBe(false);
    session.waiting.set('call', ended);
    expect(session.idle).toBe(true);
  });
});
