/** Sessions of clients over HTTP: whose they are, how many there may be, and what is left when a client goes. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import { sql } from '@/lib/db';
import { Desk, until } from '../testing/desk';
import { INITIALIZE, post } from '../testing/post';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.endClients());
afterAll(() => desk.close());

const bearer = async (agentId: string) => {
  const claims = { kind: 'agent', agentId, workspaceId: desk.workspace.id } as const;
  return { authorization: `Bearer ${await issueAgentToken(claims, Date.now())}` };
};

async function serve(http: Record<string, unknown> = {}): Promise<string> {
  const gateway = await desk.gateway(
    desk.config(desk.trusted, {
      serve: { http: { port: 0, ...http } },
      waiting: { seconds: 0.1 },
    }),
  );
  await desk.confirm('odd.echo');
  await desk.confirm('odd.write', { sideEffect: 'write', risk: 'medium' });
  return gateway.url ?? '';
}

describe('sessions of many agents', () => {
  it('have their sessions to themselves', async () => {
    const url = await serve();
    const opened = await post(url, INITIALIZE, await bearer(desk.trusted));
    const session = opened.headers.get('mcp-session-id') ?? '';
    await opened.text();
    expect(session).not.toBe('');
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    const as = async (agent: string, id: string) => {
      const answer = await post(url, list, { ...(await bearer(agent)), 'mcp-session-id': id });
      await answer.text();
      return answer.status;
    };
    expect(await as(desk.trusted, session)).toBe(200);
    expect(await as(desk.asking, session)).toBe(404);
    expect(await as(desk.trusted, 'made-up')).toBe(404);
    const ended = await fetch(url, {
      method: 'DELETE',
      headers: { ...(await bearer(desk.asking)), 'mcp-session-id': session },
    });
    expect(ended.status).toBe(404);
    expect(await as(desk.trusted, session)).toBe(200);
  });

  it('are as many as are allowed: the session idle for longest goes first', async () => {
    const url = await serve({ maxSessions: 2 });
    const credential = await bearer(desk.trusted);
    const open = async () => {
      const answer = await post(url, INITIALIZE, credential);
      await answer.text();
      return answer.headers.get('mcp-session-id') ?? '';
    };
    const first = await open();
    await open();
    expect(await open()).not.toBe('');
    const late = await post(
      url,
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { ...credential, 'mcp-session-id': first },
    );
    expect(late.status).toBe(404);
  });

  it('end neither a session in use nor that of another agent: who finds no room is refused', async () => {
    const url = await serve({ maxSessions: 1 });
    const credential = await bearer(desk.trusted);
    const opened = await post(url, INITIALIZE, credential);
    await opened.text();
    const session = { ...credential, 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
    expect((await post(url, INITIALIZE, await bearer(desk.asking))).status).toBe(503);
    const leave = new AbortController();
    const stream = await fetch(url, {
      headers: { ...session, accept: 'text/event-stream' },
      signal: leave.signal,
    });
    expect(stream.status).toBe(200);
    expect((await post(url, INITIALIZE, credential)).status).toBe(503);
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    const answer = await post(url, list, session);
    expect(answer.status).toBe(200);
    await answer.text();
    // Nobody reads the stream any more: the agent may begin anew.
    leave.abort();
    await until(async () => (await post(url, INITIALIZE, credential)).status === 200);
  });

  it('keep nothing of a beginning that failed', async () => {
    const url = await serve({ maxSessions: 1 });
    const credential = { ...(await bearer(desk.trusted)), accept: 'text/plain' };
    expect((await post(url, INITIALIZE, credential)).status).toBe(406);
    const other = await post(url, INITIALIZE, await bearer(desk.asking));
    expect(other.status).toBe(200);
  });

  it('that have a name are withdrawn when their client goes: nobody need decide any more', async () => {
    const url = await serve();
    const credential = { ...(await bearer(desk.asking)), 'belay-session': 'a task of mine' };
    const opened = await post(url, INITIALIZE, credential);
    await opened.text();
    const session = { ...credential, 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
    const params = { name: 'odd.write', arguments: { text: 'left alone' } };
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params };
    // The gateway has to have read what its server lists.
    await until(async () =>
      (await (await post(url, call, session)).text()).includes("waits for a person's approval"),
    );
    const { id } = await desk.waiting('odd.write');
    await fetch(url, { method: 'DELETE', headers: session });
    await until(async () => {
      const [approval] = await sql<{ state: string }>(
        'SELECT state FROM approvals WHERE workspace_id = $1 AND id = $2',
        [desk.workspace.id, id],
      );
      return approval?.state === 'cancelled';
    });
  });
});
