import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { makeKeyContext, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { listQueueViews, removeQueueView, saveQueueView } from './queue-views';

let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await makeWorkspace();
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('views', () => {
  const view = { tab: 'unclaimed', risk: 'high', q: 'refund', sort: 'oldest' } as const;

  it('belong to one person, and a name is there once', async () => {
    const saved = await saveQueueView(workspace.as('reviewer'), { name: 'Night', view });
    await saveQueueView(workspace.as('reviewer'), {
      name: 'night',
      view: { ...view, risk: 'critical' },
    });
    const { items } = await listQueueViews(workspace.as('reviewer'));
    expect(items).toEqual([{ id: saved.id, name: 'night', view: { ...view, risk: 'critical' } }]);
    expect((await listQueueViews(workspace.as('analyst'))).items).toEqual([]);
    await expect(removeQueueView(workspace.as('analyst'), saved.id)).rejects.toEqual(
      code('not_found'),
    );
    await removeQueueView(workspace.as('reviewer'), saved.id);
    expect((await listQueueViews(workspace.as('reviewer'))).items).toEqual([]);
  });

  it('leave neither name nor filters in the ledger, which everybody may read', async () => {
    await saveQueueView(workspace.as('reviewer'), { name: 'Calls of Ada', view });
    const entries = await sql<{ text: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS text FROM ledger_entries WHERE workspace_id = $1 AND kind = 'queue_view.saved'`,
      [workspace.id],
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.text).not.toMatch(/Ada|refund|unclaimed/);
  });

  it('are at most twenty, also when they are saved at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) =>
        saveQueueView(workspace.as('reviewer'), { name: `v${n}`, view }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const program = await makeKeyContext(workspace, 'admin');
    await expect(listQueueViews(program)).rejects.toEqual(code('people_only'));
  });
});
