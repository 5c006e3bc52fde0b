import { request as nodeRequest } from 'node:http';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import { sql } from '@/lib/db';
import { makeKeyContext, makeWorkspace } from '@/lib/services/testing/fixture';
import { putSecret } from '@/lib/services/secrets/secrets';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { makeTrustedAgent } from '@/lib/services/testing/fixture';
import { Desk, textOf, until } from '../testing/desk';
import { INITIALIZE, post } from '../testing/post';
import { startRemoteServer } from '../testing/remote-server';

let desk: Desk;
const PINNED = { versionNegotiation: { mode: { pin: '2026-07-28' } } } as const;

beforeAll(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.endClients());
afterAll(() => desk.close());

const tokenOf = (agentId: string) =>
  issueAgentToken({ kind: 'agent', agentId, workspaceId: desk.workspace.id }, Date.now());
const bearer = async (agentId: string) => ({ authorization: `Bearer ${await tokenOf(agentId)}` });

async function serve(
  http: Record<string, unknown> = {},
  changes: Record<string, unknown> = {},
): Promise<string> {
  const gateway = await desk.gateway(
    desk.config(desk.trusted, { serve: { http: { port: 0, ...http } }, ...changes }),
  );
  await desk.confirm('odd.echo');
  await desk.confirm('odd.write', { sideEffect: 'write', risk: 'medium' });
  return gateway.url ?? '';
}

describe('many agents over HTTP', () => {
  it('are served with the library of the older protocol, with its sessions', async () => {
    const url = await serve();
    const client = new OldClient({ name: 'old', version: '1' });
    await client.connect(
      new OldTransport(new URL(url), { requestInit: { headers: await bearer(desk.trusted) } }),
    );
    await until(async () =>
      (await client.listTools()).tools.some(({ name }) => name === 'odd.echo'),
    );
    const result = await client.callTool({ name: 'odd.echo', arguments: { old: true } });
    expect(result.content).toEqual([{ type: 'text', text: 'echo {"old":true}' }]);
    await client.close();
  });

  it('are served with the newer protocol, without sessions, and shown an approval', async () => {
    const url = await serve();
    const client = await desk.httpClient(url, await bearer(desk.asking), {
      ...PINNED,
      capabilities: { elicitation: { url: {} } },
    });
    const seen: unknown[] = [];
    client.setRequestHandler('elicitation/create', ({ params }) => {
      seen.push(params);
      return { action: 'accept' };
    });
    await until(async () =>
      (await client.listTools()).tools.some(({ name }) => name === 'odd.write'),
    );
    const call = client.callTool({ name: 'odd.write', arguments: { new: true } });
    await desk.approve('odd.write');
    expect(textOf(await call)).toBe('wrote {"new":true}');
    expect(seen).toMatchObject([{ mode: 'url' }]);
  });

  it('hear that the list of tools changed, in either protocol', async () => {
    const url = await serve();
    for (const mode of ['legacy', { pin: '2026-07-28' }] as const) {
      let heard = 0;
      const client = await desk.httpClient(url, await bearer(desk.trusted), {
        versionNegotiation: { mode },
        listChanged: { tools: { autoRefresh: false, onChanged: () => (heard += 1) } },
      });
      await until(async () => (await client.listTools()).tools.length > 0);
      await desk.confirm('odd.hang', { description: JSON.stringify(mode) });
      await desk.confirm(mode === 'legacy' ? 'odd.die' : 'odd.huge');
      await until(() => Promise.resolve(heard > 0));
    }
  });

  it('come with a gateway key that names the agent, in the request or the configuration', async () => {
    const url = await serve({ agent: desk.trusted });
    const key = { authorization: `Bearer ${desk.key}` };
    const client = await desk.httpClient(url, key, PINNED);
    await until(async () =>
      (await client.listTools()).tools.some(({ name }) => name === 'odd.echo'),
    );
    expect((await client.callTool({ name: 'odd.echo', arguments: {} })).isError).toBeUndefined();
    const named = await desk.httpClient(url, { ...key, 'belay-agent': desk.asking }, PINNED);
    const call = named.callTool({ name: 'odd.write', arguments: { who: 'asking' } });
    await desk.approve('odd.write');
    expect(textOf(await call)).toBe('wrote {"who":"asking"}');
  });

  it('cannot come without a credential, with one of another workspace, of another agent, or of one that was revoked', async () => {
    const url = await serve();
    const statusOf = async (headers: Record<string, string>) =>
      (await post(url, INITIALIZE, headers)).status;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ authorization: 'Bearer nothing' })).toBe(401);
    const other = await makeKeyContext(await makeWorkspace(), 'gateway');
    expect(
      await statusOf({ authorization: `Bearer ${other.key}`, 'belay-agent': desk.trusted }),
    ).toBe(403);
    const viewer = await makeKeyContext(desk.workspace, 'viewer');
    expect(await statusOf({ authorization: `Bearer ${viewer.key}` })).toBe(403);
    expect(await statusOf({ ...(await bearer(desk.trusted)), 'belay-agent': desk.asking })).toBe(
      403,
    );
    const gone = (await makeTrustedAgent(desk.workspace, { name: 'Gone' })).id;
    const credential = await bearer(gone);
    await revokeAgent(desk.workspace.as('manager'), gone, 'Not needed any more.');
    expect(await statusOf(credential)).toBe(401);
  });

  it('cannot come with a token of a task that was passed on: its chain and its scope would be lost', async () => {
    const url = await serve();
    const claims = {
      kind: 'agent',
      agentId: desk.trusted,
      workspaceId: desk.workspace.id,
    } as const;
    for (const limit of [{ chain: [desk.asking] }, { scope: ['odd.echo'] }]) {
      const token = await issueAgentToken({ ...claims, ...limit }, Date.now());
      const answer = await post(url, INITIALIZE, { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('passed on');
    }
    expect((await post(url, INITIALIZE, await bearer(desk.trusted))).status).toBe(200);
  });

  it('are asked for again soon: a key that was revoked is not believed for longer than a second', async () => {
    const url = await serve();
    const agentId = (await makeTrustedAgent(desk.workspace, { name: 'Leaves' })).id;
    const credentials = { [agentId]: 'key:lost' };
    const token = await issueAgentToken(
      { kind: 'agent', agentId, workspaceId: desk.workspace.id, credentials },
      Date.now(),
    );
    const credential = { authorization: `Bearer ${token}` };
    expect((await post(url, INITIALIZE, credential)).status).toBe(200);
    await sql(
      'INSERT INTO revoked_credentials (workspace_id, agent_id, credential, revoked_at) VALUES ($1, $2, $3, now())',
      [desk.workspace.id, agentId, 'key:lost'],
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_001 });
    try {
      expect((await post(url, INITIALIZE, credential)).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a request that is no agent', () => {
  it('from a page of another origin or by a name of another host is refused', async () => {
    const url = await serve();
    const credential = await bearer(desk.trusted);
    expect(
      (await post(url, INITIALIZE, { ...credential, origin: 'https://evil.example' })).status,
    ).toBe(403);
    const { port } = new URL(url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json' };
      nodeRequest(
        { host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers },
        ({ statusCode }) => resolve(statusCode),
      )
        .on('error', reject)
        .end(JSON.stringify(INITIALIZE));
    });
    expect(status).toBe(403);
  });

  it('that is too large, no JSON, or of another type is refused, and the gateway serves on', async () => {
    const url = await serve({ maxBodyBytes: 2_000 });
    const credential = await bearer(desk.trusted);
    expect((await post(url, { ...INITIALIZE, pad: 'x'.repeat(4_000) }, credential)).status).toBe(
      413,
    );
    expect((await post(url, '{"jsonrpc":', credential)).status).toBe(400);
    expect((await post(url, 'x', { ...credential, 'content-type': 'text/plain' })).status).toBe(
      415,
    );
    expect((await fetch(new URL('/elsewhere', url))).status).toBe(404);
    expect((await post(url, INITIALIZE, credential)).status).toBe(200);
  });
});

describe.each(['2025-11-25', '2026-07-28'] as const)('a server over HTTP (%s)', (generation) => {
  it('is sent its secret with permitted calls alone, and the new one with the next', async () => {
    const remote = await startRemoteServer(generation);
    try {
      const name = `REMOTE_${generation}`;
      await putSecret(desk.workspace.as('admin'), { name, value: 'first' });
      const upstream = `remote-${generation}`;
      const headers = { Authorization: { secret: name, prefix: 'Bearer ' } };
      const client = await desk.client(
        desk.config(desk.trusted, { upstreams: { [upstream]: { url: remote.url, headers } } }),
      );
      await desk.confirm(`${upstream}.find`);
      const call = (n: number) => client.callTool({ name: `${upstream}.find`, arguments: { n } });
      const found = await until(async () => {
        const result = await call(1);
        return result.isError === true ? undefined : result;
      });
      expect(found).toMatchObject({ structuredContent: { found: true } });
      expect(textOf(found)).toContain('found {"n":1}');
      await putSecret(desk.workspace.as('admin'), { name, value: 'second' });
      await call(2);
      const calls = remote.seen.filter(({ method }) => method === 'tools/call');
      expect(calls.map(({ authorization }) => authorization)).toEqual([
        'Bearer first',
        'Bearer second',
      ]);
      const others = remote.seen.filter(({ method }) => method !== 'tools/call');
      expect(others.every(({ authorization }) => authorization === null)).toBe(true);
      expect(others.length).toBeGreaterThan(0);
    } finally {
      await desk.endClients();
      await remote.close();
    }
  });
});
