/** For how long something counts once, and that no more is remembered than that takes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { makeAgent, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { MAX_AGE_DAYS } from './evidence-age';
import { forgetReceipts } from './receipts';
import type { Protocol } from './room';
import { takeEvidence } from './take';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-22T12:00:00Z');

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  await sql('DELETE FROM workspaces');
  workspace = await makeWorkspace();
  agentId = (await makeAgent(workspace)).id;
});

const take = (protocol: Protocol, ids: readonly string[], at: number, now: number) =>
  takeEvidence({
    workspaceId: workspace.id,
    protocol,
    actor: 'key:test',
    now,
    items: ids.map((id) => ({ id, source: 'checks', agentId, at })),
  });
const remembered = async () =>
  (await sql('SELECT 1 FROM signal_receipts WHERE workspace_id = $1', [workspace.id])).length;

describe.each(Object.entries(MAX_AGE_DAYS) as [Protocol, number][])(
  'evidence by %s',
  (protocol, days) => {
    it(`counts once for ${days} days after its time, then its age refuses it`, async () => {
      const at = NOW - 5 * DAY_MS;
      const last = at + days * DAY_MS;
      expect(await take(protocol, ['e-1'], at, NOW)).toMatchObject({ accepted: 1, duplicates: 0 });
      await forgetReceipts(last);
      expect(await take(protocol, ['e-1'], at, last)).toMatchObject({ accepted: 0, duplicates: 1 });
      expect(await take(protocol, ['e-1'], at, last + 1)).toMatchObject({
        accepted: 0,
        rejected: [{ id: 'e-1', why: `it is older than ${days} days` }],
      });
      await forgetReceipts(last + 2 * DAY_MS);
      expect(await remembered()).toBe(0);
      expect((await take(protocol, ['e-1'], at, last + 2 * DAY_MS)).accepted).toBe(0);
    });
  },
);

it('forgets what is old in pieces, several processes at once, and nothing else', async () => {
  await sql(
    `INSERT INTO signal_receipts (workspace_id, source, external_id, signal_id, received_at, kept_until)
     SELECT $1, 'otlp: old', n::text, $2, $3, $3 FROM generate_series(1, 12000) n`,
    [workspace.id, newId(), new Date(NOW)],
  );
  await take('otlp', ['e-1', 'e-2'], NOW, NOW);
  await Promise.all([1, 2, 3].map(() => forgetReceipts(NOW + 1)));
  await forgetReceipts(NOW + 1);
  expect(await remembered()).toBe(2);
});
