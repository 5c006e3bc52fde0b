import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { sha256Hex } from '@/lib/ledger';
import {
  makeAskingAgent,
  makeWorkspace,
  makeWriteTool,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { exportLedger } from './export';
import { listLedger } from './list';
import { verifyLedger } from './verify';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  for (let n = 0; n < 5; n += 1) await makeWriteTool(workspace, `tool.${n}`);
});

const list = (query: { after?: number; before?: number; limit?: number; subject?: string } = {}) =>
  listLedger(workspace.as('viewer'), { limit: 2, ...query });
const seqs = (page: { items: { seq: number }[] }) => page.items.map(({ seq }) => seq);

describe('browsing the ledger', () => {
  it('goes newest first, and back from an entry', async () => {
    const page = await list();
    expect(seqs(page)).toEqual([6, 5]);
    expect(page.head.seq).toBe(6);
    expect(seqs(await list({ before: Number(page.nextCursor) }))).toEqual([4, 3]);
  });

  it('goes forward from an entry, to the end', async () => {
    expect(seqs(await list({ after: 0 }))).toEqual([1, 2]);
    const last = await list({ after: 4 });
    expect(seqs(last)).toEqual([5, 6]);
    expect(last.nextCursor).toBeNull();
  });

  it('shows exactly the bytes that were hashed', async () => {
    const page = await list({ subject: 'tool:tool.3' });
    expect(page.items).toHaveLength(1);
    const [entry] = page.items;
    expect(sha256Hex(entry?.canonical ?? '')).toBe(entry?.hash);
    expect(JSON.parse(entry?.canonical ?? '')).toMatchObject({ kind: 'tool.put', seq: 5 });
  });

  it('says what the people and agents of entries are called, and finds entries by such a name', async () => {
    const agent = await makeAskingAgent(workspace);
    const page = await list({ subject: agent.name.toUpperCase() });
    expect(page.items.map(({ subject }) => subject)).toContain(`agent:${agent.id}`);
    expect(page.names[`agent:${agent.id}`]).toBe(agent.name);
    expect(Object.values((await list()).names)).toContain('The manager');
    const foreign = await makeWorkspace();
    const elsewhere = await listLedger(foreign.as('admin'), { limit: 9, subject: agent.name });
    expect(elsewhere).toMatchObject({ items: [], names: {} });
  });

  it('shows nothing of another workspace', async () => {
    const foreign = (await makeWorkspace()).as('admin');
    expect(seqs(await listLedger(foreign, { limit: 100 }))).toEqual([1]);
  });
});

describe('verifying the ledger', () => {
  it('reads the chain twice for any number who ask at once', async () => {
    const viewer = workspace.as('viewer');
    const first = verifyLedger(viewer);
    const [shared, ...others] = await Promise.all(
      Array.from({ length: 20 }, () => verifyLedger(viewer)),
    );
    expect(await first).not.toBe(shared);
    for (const one of others) expect(one).toBe(shared);
    expect(shared).toMatchObject({ ok: true, checked: 6 });
  });

  it('finds a whole chain whole, and says what it cannot find', async () => {
    const result = await verifyLedger(workspace.as('viewer'));
    expect(result).toMatchObject({ ok: true, checked: 6, firstError: null });
    expect(result.limits.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'changed bytes',
      `UPDATE ledger_entries SET bytes = bytes || 'x'::bytea WHERE workspace_id = $1 AND seq = 4`,
    ],
    [
      'a changed column',
      `UPDATE ledger_entries SET actor = 'somebody' WHERE workspace_id = $1 AND seq = 4`,
    ],
    ['a missing entry', 'DELETE FROM ledger_entries WHERE workspace_id = $1 AND seq = 4'],
  ])('finds %s, and where', async (_, tamper) => {
    await sql(tamper, [workspace.id]);
    const result = await verifyLedger(workspace.as('viewer'));
    expect(result.ok).toBe(false);
    expect(result.firstError?.seq).toBeGreaterThanOrEqual(4);
    expect(result.firstError?.seq).toBeLessThanOrEqual(5);
  });

  it('names every difference, also those after the first', async () => {
    await sql(
      `UPDATE ledger_entries SET bytes = bytes || 'x'::bytea WHERE workspace_id = $1 AND seq IN (3, 5)`,
      [workspace.id],
    );
    expect(await verifyLedger(workspace.as('viewer'))).toMatchObject({
      ok: false,
      checked: 2,
      firstError: { seq: 3, what: 'The bytes of entry 3 were changed.' },
      differences: [
        { seq: 3, what: 'The bytes of entry 3 were changed.' },
        { seq: 5, what: 'The bytes of entry 5 were changed.' },
      ],
      moreDifferences: 0,
    });
  });

  it('finds entries cut off at the end', async () => {
    await sql('DELETE FROM ledger_entries WHERE workspace_id = $1 AND seq = 6', [workspace.id]);
    expect((await verifyLedger(workspace.as('viewer'))).ok).toBe(false);
  });
});

describe('exporting the ledger', () => {
  it('gives every entry as a line, oldest first', async () => {
    let text = '';
    for await (const chunk of await exportLedger(workspace.as('analyst'))) text += chunk;
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerEntry);
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    entries.slice(1).forEach((entry, index) => expect(entry.prevHash).toBe(entries[index]?.hash));
  });

  it('is for analysts', async () => {
    await expect(exportLedger(workspace.as('reviewer'))).rejects.toEqual(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });
});
