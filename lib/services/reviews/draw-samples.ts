/** Draws actions for review once they have run. A chore: no decision waits for it. */
import { UNKNOWN_TOOL, type Risk } from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, type LedgerNote } from '@/lib/decide';
import { deriveKey } from '@/lib/env/secret';
import { readVigilanceBody } from '@/lib/services/vigilance/settings';
import { drawFrom, drawOf, type Candidate, type Drawn } from './chance';

/** Actions looked at in one transaction. */
const BATCH = 1_000;
/** Every decision that was begun by then is committed by now, so that none falls between two rounds. */
const SETTLED_AFTER_MS = 60_000;
/** A workspace that was never drawn from begins here, not with its whole history. */
const FIRST_REACH_MS = 3_600_000;

/**
 * Draws from what ran since the last round, in every workspace.
 *
 * @param now milliseconds since the epoch
 */
export async function drawSamples(now: number): Promise<void> {
  const workspaces = await query<{ id: string }>(
    `SELECT w.id FROM workspaces w WHERE w.kind <> 'demo' OR EXISTS (SELECT 1 FROM ledger_entries l
       WHERE l.workspace_id = w.id AND l.kind = 'demo.history_written')`,
  );
  for (const { id } of workspaces) await drawIn(id, now);
}

/** One workspace. Another process that is at it is left to it. @returns how many were drawn */
export function drawIn(workspaceId: string, now: number): Promise<number> {
  return withTransaction(async (sql) => {
    const cursor = await takeTurn(sql, workspaceId, now);
    if (cursor === undefined) return 0;
    const candidates = await selectCandidates(sql, workspaceId, cursor, now);
    const last = candidates.at(-1);
    if (last === undefined) return 0;
    const settings = await readVigilanceBody(sql, workspaceId);
    const key = deriveKey('review-sample');
    const room = settings.samplesPerDay - (await drawnToday(sql, workspaceId, now));
    const drawn = drawFrom(candidates, settings, room, (id) => drawOf(key, workspaceId, id));
    // Of one round those that ran first are listed first.
    drawn.sort((a, b) => (a.decisionId < b.decisionId ? -1 : 1));
    await sql('UPDATE vigilance_chores SET sample_cursor = $2 WHERE workspace_id = $1', [
      workspaceId,
      last.decisionId,
    ]);
    if (drawn.length > 0) await store(sql, workspaceId, drawn, now);
    return drawn.length;
  });
}

/** The lock of the chores, with the last decision that was looked at; undefined when somebody else has it. */
async function takeTurn(sql: Sql, workspaceId: string, now: number): Promise<string | undefined> {
  await sql(
    `INSERT INTO vigilance_chores (workspace_id, sample_cursor) VALUES ($1, belay_uuid_at($2)) ON CONFLICT DO NOTHING`,
    [workspaceId, new Date(now - FIRST_REACH_MS)],
  );
  const [row] = await sql<{ cursor: string }>(
    `SELECT coalesce(sample_cursor, belay_uuid_at($2)) AS cursor FROM vigilance_chores WHERE workspace_id = $1
     FOR UPDATE SKIP LOCKED`,
    [workspaceId, new Date(now - FIRST_REACH_MS)],
  );
  return row?.cursor;
}

function selectCandidates(
  sql: Sql,
  workspaceId: string,
  cursor: string,
  now: number,
): Promise<Candidate[]> {
  return sql<Candidate & { risk: Risk }>(
    `SELECT d.id AS "decisionId", d.agent_id AS "agentId", coalesce(t.risk, $4) AS risk,
       coalesce(t.side_effect, $5) = 'write' AS writes, coalesce((d.trust #>> '{layers,outcome,coverage}')::float8, 0) AS coverage
     FROM decisions d LEFT JOIN tools t ON t.workspace_id = d.workspace_id AND t.name = d.tool
     WHERE d.workspace_id = $1 AND d.id > $2 AND d.id < belay_uuid_at($3) AND d.outcome = 'allow' AND NOT d.seeded
     ORDER BY d.id LIMIT ${BATCH}`,
    [
      workspaceId,
      cursor,
      new Date(now - SETTLED_AFTER_MS),
      UNKNOWN_TOOL.risk,
      UNKNOWN_TOOL.sideEffect,
    ],
  );
}

async function drawnToday(sql: Sql, workspaceId: string, now: number): Promise<number> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM review_samples WHERE workspace_id = $1 AND drawn_at >= date_trunc('day', $2::timestamptz, 'UTC')`,
    [workspaceId, new Date(now)],
  );
  return row?.count ?? 0;
}

async function store(
  sql: Sql,
  workspaceId: string,
  drawn: readonly Drawn[],
  now: number,
): Promise<void> {
  await sql(
    `INSERT INTO review_samples (workspace_id, id, decision_id, agent_id, drawn_at, chance, wanted)
     SELECT $1, s.id, s.decision_id, s.agent_id, $2, s.chance, s.wanted
     FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::float8[], $7::int2[]) AS s (id, decision_id, agent_id, chance, wanted)`,
    [
      workspaceId,
      new Date(now),
      drawn.map(() => newId(now)),
      drawn.map(({ decisionId }) => decisionId),
      drawn.map(({ agentId }) => agentId),
      drawn.map(({ chance }) => chance),
      drawn.map(({ wanted }) => wanted),
    ],
  );
  const notes = drawn.map(({ decisionId, agentId, chance, wanted }): LedgerNote => ({
    kind: 'review.drawn',
    actor: 'belay',
    subject: `decision:${decisionId}`,
    body: { agent: agentId, chance, wanted },
  }));
  await appendLedger(sql, workspaceId, notes, [{ type: 'review.changed' }], now);
}
