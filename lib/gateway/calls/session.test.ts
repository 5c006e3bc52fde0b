import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BelayApi } from '../belay/api';
import { Outbox } from './outbox';
import { AgentSession } from './session';
import { Sessions } from './sessions';

/** What Belay's address answers, and what it took: while `away` it takes nothing. */
let away: boolean;
let taken: string[];
let parts: ConstructorParameters<typeof AgentSession>[0];
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
  const outbox = new Outbox(api, { folder: undefined, onTrouble: () => undefined });
  parts = { api, outbox, purpose: undefined };
  session = new AgentSession(parts, facts);
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

describe('sessions', () => {
  const facts = (agent: string, client: string) => ({ agent, client, request: undefined });
  const waits = (name: string, expiresAt = '2999-01-01T00:00:00.000Z') => ({
    decisionId: `d-${name}`,
    approval: { id: `a-${name}`, url: 'http://localhost/a', expiresAt },
    waiters: 0,
  });

  it('are never more than there may be, however many an agent names and leaves waiting', () => {
    const sessions = new Sessions(parts, { most: 8, shared: true });
    const made = Array.from({ length: 20 }, (_, n) => {
      const one = sessions.of(facts('greedy', `s-${n}`), 'client');
      one?.waiting.set('call', waits(`${n}`));
      return one;
    });
    // A quarter of them is for one agent; what is there goes on.
    expect(made.map((one) => one !== undefined).slice(0, 4)).toEqual([true, true, false, false]);
    expect(sessions.of(facts('greedy', 's-0'), 'client')).toBe(made[0]);
    expect(sessions.of(facts('other', 's-0'), 'client')).toBeDefined();
    made[1]?.waiting.set('call', waits('1', '2020-01-01T00:00:00.000Z'));
    expect(sessions.of(facts('greedy', 's-9'), 'client')).toBeDefined();
  });

  it('in which nothing is left to do make room for new ones', () => {
    const sessions = new Sessions(parts, { most: 3, shared: false });
    const first = sessions.of(facts('agent', '1'), 'client');
    for (const name of ['2', '3', '4', '5']) sessions.of(facts('agent', name), 'client');
    expect(sessions.size).toBe(3);
    expect(sessions.of(facts('agent', '1'), 'client')).not.toBe(first);
  });

  it('that have a name are withdrawn with the last of their clients', async () => {
    away = false;
    const sessions = new Sessions(parts, { most: 8, shared: true });
    const named = sessions.of(facts('agent', 'named'), 'client 1');
    expect(sessions.of(facts('agent', 'named'), 'client 2')).toBe(named);
    named?.waiting.set('call', waits('1'));
    await sessions.abandon('client 1');
    expect(taken).toEqual([]);
    await sessions.abandon('client 2');
    expect(taken).toEqual(['/api/v1/decisions/d-1/withdraw']);
    expect(sessions.size).toBe(0);
  });
});
