import { describe, expect, it } from 'vitest';
import { newId, sql, withTransaction } from '@/lib/db';
import { GENESIS_HEAD, nextEntry, type LedgerEntry } from '@/lib/ledger';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
import { makeWorkspace, NOW, verifyChain } from './testing/fixture';

const note = (body: unknown, subject = 'agent:x'): LedgerNote => ({
  kind: 'test.said',
  actor: 'person:y',
  subject,
  body,
});

const append = (
  workspace: string,
  notes: readonly LedgerNote[],
  told: readonly Announcement[] = [],
) => withTransaction((run) => appendLedger(run, workspace, notes, told, NOW));

const NOTES = [
  note({ z: 1e21, a: ['Gr\u00fc\u00dfe', '\u{1f642}', '\u0000\u001f', '\\x41', '$1'] }),
  note(null, 'a "quoted" {b}, \\c'),
  note({}, ''),
];

describe('the ledger, as the database extends it', () => {
  it('has the entries that follow its head, byte for byte', async () => {
    const workspaceId = await makeWorkspace();
    await append(workspaceId, NOTES.slice(0, 1));
    await append(workspaceId, NOTES.slice(1));
    const expected: LedgerEntry[] = [];
    for (const fact of NOTES)
      expected.push(nextEntry(expected.at(-1) ?? GENESIS_HEAD, { workspaceId, at: NOW, ...fact }));
    const stored = await sql<{ seq: number; prevHash: string; hash: string; bytes: Buffer }>(
      `SELECT seq, prev_hash AS "prevHash", hash, bytes FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq`,
      [workspaceId],
    );
    expect(stored).toEqual(
      expected.map(({ seq, prevHash, hash, bytes }) => ({ seq, prevHash, hash, bytes })),
    );
    expect(await verifyChain(workspaceId)).toMatchObject({ ok: true, checked: 3 });
  });

  it('numbers announcements without entries, each once a transaction, and leaves the chain alone', async () => {
    const workspaceId = await makeWorkspace();
    const agentId = newId();
    const changed = { type: 'agent.changed', agentId, subjectId: agentId } as const;
    await append(workspaceId, [], [changed, { type: 'decision.made', agentId }, changed]);
    await append(workspaceId, [], [{ type: 'ledger.changed' as never }]);
    const rows = await sql(
      'SELECT seq, type, agent_id, subject_id FROM outbox WHERE workspace_id = $1 ORDER BY seq',
      [workspaceId],
    );
    expect(rows).toEqual([
      { seq: 1, type: 'agent.changed', agent_id: agentId, subject_id: agentId },
      { seq: 2, type: 'decision.made', agent_id: agentId, subject_id: null },
      { seq: 3, type: 'ledger.changed', agent_id: null, subject_id: null },
    ]);
    expect(await verifyChain(workspaceId)).toMatchObject({ ok: true, checked: 0 });
  });

  it('refuses a change where there is no ledger, and a body without a canonical form', async () => {
    await expect(append(newId(), [note({})])).rejects.toThrow(/has no ledger/);
    const workspaceId = await makeWorkspace();
    await expect(append(workspaceId, [note({ a: [Number.NaN] })])).rejects.toMatchObject({
      code: 'not_canonical',
      path: '/body/a/0',
    });
  });
});
