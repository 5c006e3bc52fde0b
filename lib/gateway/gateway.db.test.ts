import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { startPlane } from '@/lib/http/plane/server';
import { rejectAction } from '@/lib/services/approvals/reject';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { nobody } from '@/lib/services/testing/fixture';
import { Desk, textOf, until } from './testing/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
  const client = await desk.client(desk.config(desk.trusted));
  await desk.confirm('odd.echo', { untrustedOutput: true });
  for (const name of ['hang', 'garbage']) await desk.confirm(`odd.${name}`);
  await desk.confirm('odd.write', { sideEffect: 'write', risk: 'medium' });
  await client.close();
  await desk.endClients();
});
// Gateways before servers of one name have to agree on what it says.
afterEach(() => desk.endClients());
afterAll(() => desk.close());

const listed = async (client: Awaited<ReturnType<Desk['client']>>) =>
  (await client.listTools()).tools.map(({ name }) => name);

const decisionsOf = (tool: string) =>
  sql<{ id: string; state: string; execution_status: string | null }>(
    'SELECT id, state, execution_status FROM decisions WHERE workspace_id = $1 AND tool = $2 ORDER BY id',
    [desk.workspace.id, tool],
  );

describe('a call through the gateway', () => {
  it('that is allowed runs, comes back as it is, and is a read of the session for Belay', async () => {
    const client = await desk.client(desk.config(desk.trusted));
    await until(async () => (await listed(client)).includes('odd.echo'));
    const result = await client.callTool({ name: 'odd.echo', arguments: { say: 'hello' } });
    expect(result.isError).toBeUndefined();
    expect(result.content).toEqual([{ type: 'text', text: 'echo {"say":"hello"}' }]);
    await until(
      async () => (await decisionsOf('odd.echo')).at(-1)?.execution_status === 'succeeded',
    );
    const [read] = await sql<{ text: string }>(
      `SELECT r.text FROM session_reads r WHERE r.workspace_id = $1 ORDER BY r.created_at DESC LIMIT 1`,
      [desk.workspace.id],
    );
    expect(read?.text).toContain('echo {"say":"hello"}');
  });

  it('that waits goes on when a person approves, and runs what they made of it', async () => {
    const client = await desk.client(desk.config(desk.asking));
    await until(async () => (await listed(client)).includes('odd.write'));
    const call = client.callTool({ name: 'odd.write', arguments: { text: 'one' } });
    await desk.approve('odd.write');
    expect(textOf(await call)).toBe('wrote {"text":"one"}');
    const second = client.callTool({ name: 'odd.write', arguments: { text: 'two' } });
    await desk.approve('odd.write', { text: 'three' });
    const edited = await second;
    expect(textOf(edited)).toContain('wrote {"text":"three"}');
    expect(textOf(edited)).toContain('A person changed the arguments');
  });

  it('that is rejected is a result a model can read, and has not run', async () => {
    const client = await desk.client(desk.config(desk.asking));
    await until(async () => (await listed(client)).includes('odd.write'));
    const call = client.callTool({ name: 'odd.write', arguments: { text: 'not this' } });
    const { id } = await desk.waiting('odd.write');
    await rejectAction(nobody(desk.workspace), id, {
      reason: 'wrong_target',
      comment: 'Write to the other one.',
    });
    const result = await call;
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('wrong target');
    expect(textOf(result)).toContain('Write to the other one.');
    expect(desk.log).not.toContain('not this');
  });

  it('that nobody decides in time is asked once, and the same call goes on waiting', async () => {
    const client = await desk.client(desk.config(desk.asking, { waiting: { seconds: 0.1 } }));
    await until(async () => (await listed(client)).includes('odd.write'));
    const ask = () => client.callTool({ name: 'odd.write', arguments: { text: 'patience' } });
    const first = await ask();
    expect(first.isError).toBe(true);
    expect(textOf(first)).toContain('exactly the same arguments');
    const count = (await decisionsOf('odd.write')).length;
    expect(textOf(await ask())).toContain('/approvals/');
    expect(await decisionsOf('odd.write')).toHaveLength(count);
    await desk.approve('odd.write');
    expect(textOf(await ask())).toBe('wrote {"text":"patience"}');
    // Afterwards the same words are another call.
    await ask();
    expect(await decisionsOf('odd.write')).toHaveLength(count + 1);
  });

  it('that the client cancels while it waits is withdrawn', async () => {
    const client = await desk.client(desk.config(desk.asking));
    await until(async () => (await listed(client)).includes('odd.write'));
    const cancel = new AbortController();
    const call = client
      .callTool({ name: 'odd.write', arguments: { text: 'never mind' } }, { signal: cancel.signal })
      .catch(() => 'cancelled');
    const { decisionId } = await desk.waiting('odd.write');
    cancel.abort();
    expect(await call).toBe('cancelled');
    await until(
      async () =>
        (await decisionsOf('odd.write')).find(({ id }) => id === decisionId)?.state === 'cancelled',
    );
  });

  it('tells a client that wants to know that it waits', async () => {
    const client = await desk.client(desk.config(desk.asking, { waiting: { seconds: 4 } }));
    await until(async () => (await listed(client)).includes('odd.write'));
    const heard: string[] = [];
    const call = client.callTool(
      { name: 'odd.write', arguments: { text: 'progress' } },
      { onprogress: ({ message }) => heard.push(message ?? '') },
    );
    await until(() => Promise.resolve(heard.length > 0));
    expect(heard[0]).toContain('/approvals/');
    await desk.approve('odd.write');
    await call;
  });

  it.each(['auto', 'legacy'] as const)(
    'shows the page of the approval to a user (%s client)',
    async (mode) => {
      const client = await desk.client(desk.config(desk.asking), {
        versionNegotiation: { mode },
        capabilities: { elicitation: { url: {} } },
      });
      const seen: string[] = [];
      let action: 'accept' | 'decline' = 'accept';
      client.setRequestHandler('elicitation/create', ({ params }) => {
        seen.push('url' in params ? String(params.url) : '');
        return { action };
      });
      await until(async () => (await listed(client)).includes('odd.write'));
      const call = client.callTool({ name: 'odd.write', arguments: { text: `page ${mode}` } });
      await desk.approve('odd.write');
      expect(textOf(await call)).toBe(`wrote {"text":"page ${mode}"}`);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toContain('/approvals/');
      action = 'decline';
      const declined = await client.callTool({ name: 'odd.write', arguments: { text: 'no' } });
      expect(declined.isError).toBe(true);
      expect((await decisionsOf('odd.write')).at(-1)?.state).toBe('cancelled');
      expect(client.getNegotiatedProtocolVersion()).toBe(
        mode === 'auto' ? '2026-07-28' : '2025-11-25',
      );
    },
  );
});

describe('a kill switch', () => {
  const stop = (agent: string) =>
    setKillSwitch(nobody(desk.workspace), {
      scope: { type: 'agent', value: agent },
      mode: 'halt',
      reason: 'Enough.',
    });

  it('ends a call that runs, tells its server, and lets no other begin', async () => {
    const client = await desk.client(desk.config(desk.trusted));
    await until(async () => (await listed(client)).includes('odd.hang'));
    const call = client.callTool({ name: 'odd.hang', arguments: {} });
    await until(() => Promise.resolve(desk.log.includes('call hang')));
    const { id } = await stop(desk.trusted);
    const result = await call;
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('stopped while it ran');
    expect(textOf(result)).toContain('Enough.');
    await until(() => Promise.resolve(desk.log.includes('cancelled')));
    const next = await client.callTool({ name: 'odd.echo', arguments: {} });
    expect(textOf(next)).toContain('Enough.');
    await releaseKillSwitch(desk.workspace.as('manager'), id, 'Fine again.');
  });

  it('ends a call that waits', async () => {
    const client = await desk.client(desk.config(desk.asking));
    await until(async () => (await listed(client)).includes('odd.write'));
    const call = client.callTool({ name: 'odd.write', arguments: { text: 'too late' } });
    await desk.waiting('odd.write');
    const { id } = await stop(desk.asking);
    const result = await call;
    expect(result.isError).toBe(true);
    expect(desk.log).not.toContain('too late');
    await releaseKillSwitch(desk.workspace.as('manager'), id, 'Fine again.');
  });
});

describe('a Belay that cannot be reached', () => {
  it('lets nothing run, and what was confirmed is still shown', async () => {
    const plane = await startPlane(0);
    const url = `http://localhost:${plane.port}`;
    const client = await desk.client(
      desk.config(desk.trusted, { belay: { url, key: { env: 'BELAY_KEY' } } }),
    );
    await until(async () => (await listed(client)).includes('odd.garbage'));
    await plane.close();
    const calls = desk.log;
    const result = await client.callTool({ name: 'odd.garbage', arguments: {} });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('Nothing runs without a decision');
    expect(desk.log).toBe(calls);
    expect(await listed(client)).toContain('odd.garbage');
  });

  it('for too long ends what runs, as nobody could stop it', async () => {
    const plane = await startPlane(0);
    const client = await desk.client(
      desk.config(desk.trusted, {
        belay: { url: `http://localhost:${plane.port}`, key: { env: 'BELAY_KEY' } },
        lostContactSeconds: 5,
      }),
    );
    await until(async () => (await listed(client)).includes('odd.hang'));
    const before = desk.log.split('call hang').length;
    const call = client.callTool({ name: 'odd.hang', arguments: {} });
    await until(() => Promise.resolve(desk.log.split('call hang').length > before));
    await plane.close();
    expect(textOf(await call)).toContain('has not been heard of');
  });
});

describe('arguments', () => {
  it('that are huge are refused before anybody is asked', async () => {
    const client = await desk.client(desk.config(desk.trusted));
    await until(async () => (await listed(client)).includes('odd.echo'));
    const count = (await decisionsOf('odd.echo')).length;
    const result = await client.callTool({
      name: 'odd.echo',
      arguments: { text: 'x'.repeat(300_000) },
    });
    expect(textOf(result)).toContain('longer than');
    expect(await decisionsOf('odd.echo')).toHaveLength(count);
  });
});
