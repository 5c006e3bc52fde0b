import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { createVerifier, type LedgerEntry } from '@/lib/ledger';
import { listPeople } from '@/lib/services/people/list';
import { firstRun } from '@/lib/services/setup/first-run';
import { FLEET } from '../fleet';
import { firstDayOf, furnishedAt } from '../timeline';
import { PEOPLE } from '../people';
import { findDemoWorkspace, readWorld } from '../world';
import { backfillHistory, type BackfillResult } from './backfill';

const DAYS = 3;

describe('a short history', () => {
  // A Wednesday afternoon: how much a fleet does depends on the day of the week.
  const now = Date.parse('2026-11-18T15:30:00Z');
  let workspaceId: string;
  let written: BackfillResult | undefined;

  beforeAll(async () => {
    await firstRun({ demo: furnishedAt(firstDayOf(now, DAYS)), now: new Date(now) });
    workspaceId = (await findDemoWorkspace()) ?? '';
    const stopped = { days: DAYS, isEnding: afterTwoDays() };
    expect(await backfillHistory(now, stopped)).toBeUndefined();
    written = await backfillHistory(now, { days: DAYS });
  }, 120_000);

  it('goes on where an earlier attempt was stopped, and is not written twice', async () => {
    expect(written?.decisions).toBeGreaterThan(50);
    expect(await backfillHistory(now, { days: DAYS })).toBeUndefined();
    const twice = await sql(
      `SELECT session_id, tool, arguments FROM decisions WHERE workspace_id = $1 GROUP BY 1, 2, 3 HAVING count(*) > 1`,
      [workspaceId],
    );
    expect(twice).toEqual([]);
  });

  it('leaves a ledger whose chain is whole', async () => {
    const rows = await sql<Omit<LedgerEntry, 'at'> & { at: Date }>(
      `SELECT workspace_id AS "workspaceId", seq, prev_hash AS "prevHash", hash, bytes, kind, actor, subject, at
       FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq`,
      [workspaceId],
    );
    const verifier = createVerifier({ workspaceId });
    for (const row of rows) verifier.add({ ...row, at: row.at.toISOString() });
    expect(verifier.finish()).toMatchObject({ ok: true, checked: rows.length });
  });

  it('moves trust by evidence, for each agent at its own pace', async () => {
    const rows = await sql<{ score: number }>(
      'SELECT score FROM trust_states WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(rows.length).toBe(FLEET.filter(({ joins }) => joins <= DAYS).length);
    const scores = rows.map(({ score }) => score);
    expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(0.05);
  });

  it('has people nobody can sign in as, and says so', async () => {
    const { amara } = (await readWorld(workspaceId)).people;
    const { items } = await listPeople({ actor: amara, now: new Date(now) }, { limit: 50 });
    const simulated = items.filter(({ signIn }) => signIn === 'none').map(({ email }) => email);
    expect(simulated.sort()).toEqual(
      Object.values(PEOPLE)
        .map(({ email }) => email)
        .sort(),
    );
    expect(items.filter(({ signIn }) => signIn === 'password')).toHaveLength(1);
  });

  it('lies in the past', async () => {
    const late = await sql('SELECT 1 FROM decisions WHERE workspace_id = $1 AND decided_at > $2', [
      workspaceId,
      new Date(now),
    ]);
    expect(late).toEqual([]);
  });
});

/** True from the twelfth question on: in the middle of the history. */
function afterTwoDays(): () => boolean {
  let asked = 0;
  return () => (asked += 1) > 12;
}
