/** Scores of actions that came through a chain are computed again from the ledger like all others. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { makeRelay } from '@/lib/http/testing/relay';
import type { SigningAgent } from '@/lib/http/testing/signing-agents';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import type { TestWorkspace } from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let planner: SigningAgent;
let writer: SigningAgent;

beforeAll(async () => {
  ({ workspace, planner, writer } = await makeRelay());
});

const recorded = async () => {
  const rows = await sql<{ score: number }>(
    `SELECT (convert_from(bytes, 'UTF8')::jsonb->'body'->>'score')::float8 AS score FROM ledger_entries
     WHERE workspace_id = $1 AND kind = 'decision.made' ORDER BY seq DESC LIMIT 1`,
    [workspace.id],
  );
  return rows[0]?.score ?? NaN;
};

describe('the score of an action through a chain', () => {
  it('is the lowest of all links, and the ledger shows that it was', async () => {
    const token = await writer.actFor(await planner.token());
    for (let n = 0; n < 4; n += 1) await writer.may(await writer.token(), 'note.read');
    const own = await recorded();
    expect(await writer.may(token, 'note.read')).toBe('allow');
    expect(await recorded()).toBeLessThan(own);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null, unknown: 0 });
  });

  it('also of one that a kill switch stopped', async () => {
    const token = await writer.actFor(await planner.token());
    await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'tool', value: 'note.read' },
      mode: 'halt',
      reason: 'For a test',
    });
    const before = await replayScores(workspace.id);
    expect(await writer.may(token, 'note.read')).not.toBe('allow');
    const after = await replayScores(workspace.id);
    expect(after).toMatchObject({ firstDifference: null, checked: before.checked + 1 });
  });
});
