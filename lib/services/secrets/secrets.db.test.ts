import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { redeemPermit, reportOutcome } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import {
  actAlone,
  ledgerKinds,
  makeKeyContext,
  makeTrustedAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { listSecrets, openSecrets, putSecret, removeSecret } from './secrets';

const VALUE = 'hunter2-fe1c-not-for-anybody';

let workspace: TestWorkspace;
let gateway: ServiceContext;

beforeAll(async () => {
  workspace = await makeWorkspace();
  gateway = await makeKeyContext(workspace, 'gateway');
});

const open = (names: string[], context = gateway) =>
  openSecrets({ ...context, now: new Date() }, { names, for: { upstream: 'files' } });

/** Every text of every table, as PostgreSQL writes it out. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      sql<{ all: string | null }>(`SELECT string_agg(t::text, ' ') AS all FROM ${name} t`),
    ),
  );
  return texts.map(([row]) => row?.all ?? '').join(' ');
}

describe('a secret', () => {
  it('is opened by gateways, and stands in no table, in no list and in no ledger entry', async () => {
    const set = await putSecret(workspace.as('admin'), { name: 'API_KEY', value: VALUE });
    expect(JSON.stringify(set)).not.toContain(VALUE);
    expect(await open(['API_KEY'])).toEqual({ values: { API_KEY: VALUE } });
    const { items } = await listSecrets(workspace.as('admin'));
    expect(items).toMatchObject([{ name: 'API_KEY', setBy: 'The admin' }]);
    expect(items[0]?.lastOpenedAt).not.toBeNull();
    const all = await everything();
    for (const form of [
      VALUE,
      Buffer.from(VALUE).toString('hex'),
      Buffer.from(VALUE).toString('base64'),
    ])
      expect(all).not.toContain(form);
    // The search would have found it: it finds what stands beside it.
    expect(all).toContain('API_KEY');
    expect(await ledgerKinds(workspace.id)).toEqual(
      expect.arrayContaining(['secret.added', 'secret.opened']),
    );
  });

  it('holds its new value for the next who opens it, and nothing once it is removed', async () => {
    await putSecret(workspace.as('admin'), { name: 'ROTATED', value: 'one' });
    await putSecret(workspace.as('admin'), { name: 'ROTATED', value: 'two' });
    expect(await open(['ROTATED'])).toEqual({ values: { ROTATED: 'two' } });
    await removeSecret(workspace.as('admin'), 'ROTATED');
    await expect(open(['ROTATED'])).rejects.toMatchObject({ code: 'unknown_secret' });
    await expect(removeSecret(workspace.as('admin'), 'ROTATED')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('is for admins to set and for gateways of the workspace to open, and for nobody else', async () => {
    await putSecret(workspace.as('admin'), { name: 'OWN', value: 'own' });
    await expect(open(['OWN'], workspace.as('admin'))).rejects.toMatchObject({ kind: 'forbidden' });
    const viewer = await makeKeyContext(workspace, 'admin');
    await expect(open(['OWN'], viewer)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      putSecret(workspace.as('manager'), { name: 'OWN', value: 'x' }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(listSecrets(gateway)).rejects.toMatchObject({ kind: 'forbidden' });
    const other = await makeWorkspace();
    await expect(open(['OWN'], await makeKeyContext(other, 'gateway'))).rejects.toMatchObject({
      code: 'unknown_secret',
    });
  });

  it('is opened for a call only between its permit and its outcome', async () => {
    await putSecret(workspace.as('admin'), { name: 'CALL', value: 'call' });
    const { id: agentId } = await makeTrustedAgent(workspace);
    const decisionId = await actAlone(workspace, agentId);
    const forCall = () =>
      openSecrets(
        { ...gateway, now: new Date() },
        { names: ['CALL'], for: { decision: decisionId } },
      );
    await expect(forCall()).rejects.toMatchObject({ code: 'no_live_permit' });
    const whose = { workspaceId: workspace.id, agentId, decisionId, actor: `agent:${agentId}` };
    await redeemPermit({
      ...whose,
      tool: 'note.add',
      arguments: { text: 'Called back' },
      resource: { type: 'customer', id: 'c-1' },
      now: Date.now(),
    });
    expect(await forCall()).toEqual({ values: { CALL: 'call' } });
    await reportOutcome({ ...whose, status: 'succeeded', now: Date.now() });
    await expect(forCall()).rejects.toMatchObject({ code: 'no_live_permit' });
  });
});
