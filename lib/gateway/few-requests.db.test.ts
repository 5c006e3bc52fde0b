/** What one call asks of Belay, and that asking less lets nothing run that would not run otherwise. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { nobody } from '@/lib/services/testing/fixture';
import { Desk, textOf, until } from './testing/desk';
import { startProxy, type Proxy } from './testing/proxy';

let desk: Desk;
let proxy: Proxy;

beforeAll(async () => {
  desk = await Desk.open();
  proxy = await startProxy(desk.url);
  await desk.client(desk.config(desk.trusted));
  await desk.confirm('odd.echo', { untrustedOutput: true });
  await desk.confirm('odd.change');
  await desk.confirm('odd.hang');
  await desk.endClients();
});
afterEach(() => desk.endClients());
afterAll(async () => {
  proxy.close();
  await desk.close();
});

/** A client of a gateway that knows for long enough what its servers list. */
async function client(changes: Record<string, unknown> = {}) {
  const connected = await desk.client(
    desk.config(desk.trusted, {
      belay: { url: proxy.url, key: { env: 'BELAY_KEY' } },
      tools: { recheckSeconds: 3_600 },
      ...changes,
    }),
  );
  await until(async () =>
    (await connected.listTools()).tools.some(({ name }) => name === 'odd.echo'),
  );
  return connected;
}

const last = async (tool: string) =>
  (
    await sql<{ id: string; state: string; execution_status: string | null; spent: boolean }>(
      `SELECT d.id, d.state, d.execution_status, p.redeemed_at IS NOT NULL AS spent
       FROM decisions d LEFT JOIN permits p ON p.workspace_id = d.workspace_id AND p.decision_id = d.id
       WHERE d.workspace_id = $1 AND d.tool = $2 ORDER BY d.id DESC LIMIT 1`,
      [desk.workspace.id, tool],
    )
  )[0];

describe('an allowed call', () => {
  it('asks Belay once before it runs, and its permit is spent with the decision', async () => {
    const connected = await client();
    proxy.asked.length = 0;
    const result = await connected.callTool({ name: 'odd.echo', arguments: { n: 1 } });
    expect(textOf(result)).toBe('echo {"n":1}');
    const decision = await until(async () => {
      const found = await last('odd.echo');
      return found?.execution_status === 'succeeded' ? found : undefined;
    });
    expect(decision).toMatchObject({ state: 'redeemed', spent: true });
    const ofCalls = proxy.asked.filter((path) => !path.includes('/gateway/'));
    expect(ofCalls).toEqual(['POST /access/v1/evaluation', 'POST /api/v1/decisions/:id/outcome']);
    const kinds = await sql<{ kind: string }>(
      'SELECT kind FROM ledger_entries WHERE workspace_id = $1 AND subject = $2 ORDER BY seq',
      [desk.workspace.id, `decision:${decision.id}`],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'decision.made',
      'permit.redeemed',
      'outcome.reported',
    ]);
  });

  it('redeems its permit by itself while it is not known what its server lists by now', async () => {
    const connected = await client({ tools: { recheckSeconds: 0 } });
    proxy.asked.length = 0;
    await connected.callTool({ name: 'odd.echo', arguments: {} });
    expect(proxy.asked).toContain('POST /api/v1/decisions/:id/redeem');
    // The server lists another tool of this name by now: what it listed last is not asked about.
    await connected.callTool({ name: 'odd.change', arguments: {} });
    const changed = await connected.callTool({ name: 'odd.echo', arguments: {} });
    expect(textOf(changed)).toContain('describes it otherwise');
    await desk.confirm('odd.echo', { untrustedOutput: true });
  });

  it('is ended by a kill switch while it runs, and none begins under it', async () => {
    const connected = await client();
    const call = connected.callTool({ name: 'odd.hang', arguments: {} });
    await until(() => Promise.resolve(desk.log.includes('call hang')));
    const { id } = await setKillSwitch(nobody(desk.workspace), {
      scope: { type: 'agent', value: desk.trusted },
      mode: 'halt',
      reason: 'Enough.',
    });
    expect(textOf(await call)).toContain('stopped while it ran');
    const next = await connected.callTool({ name: 'odd.echo', arguments: {} });
    expect(textOf(next)).toContain('Enough.');
    expect(await last('odd.echo')).toMatchObject({ state: 'final', spent: false });
    await releaseKillSwitch(desk.workspace.as('manager'), id, 'Fine again.');
  });
});
