/** The chore of canaries: seals the coming day, places what is due, and opens what ended without a verdict. */
import type { CanaryOutcome } from '@/lib/contracts';
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, shareEpochs, type LedgerNote } from '@/lib/decide';
import { readVigilanceBody } from '@/lib/services/vigilance/settings';
import { CANARY_COLUMNS, endCanary, type CanaryRow } from './close';
import { placeCanary } from './place';
import { sealDay } from './plan';

/** One that found no company for this long after its time is left. */
const UNUSED_AFTER_MS = 86_400_000;

/** Most that are tried at once, by chance: one that fits no agent at work does not hold up the others. */
const AT_ONCE = 2;

/** @param now milliseconds since the epoch */
export async function tendCanaries(now: number): Promise<void> {
  const workspaces = await query<{ id: string }>(
    `SELECT s.workspace_id AS id FROM vigilance_settings s WHERE (s.body->>'canariesPerDay')::int > 0
     UNION SELECT c.workspace_id FROM canaries c WHERE c.outcome IS NULL`,
  );
  for (const { id } of workspaces) await tendIn(id, now);
}

/** One workspace. Another process that is at it is left to it. */
export function tendIn(workspaceId: string, now: number): Promise<void> {
  return withTransaction(async (sql) => {
    await shareEpochs(sql, workspaceId);
    await sql('INSERT INTO vigilance_chores (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      workspaceId,
    ]);
    const [turn] = await sql<{ sealedUntil: Date | null }>(
      `SELECT sealed_until AS "sealedUntil" FROM vigilance_chores WHERE workspace_id = $1 FOR UPDATE SKIP LOCKED`,
      [workspaceId],
    );
    if (turn === undefined) return;
    const settings = await readVigilanceBody(sql, workspaceId);
    const wanted = settings.canariesPerDay > 0;
    const notes = await endOpen(sql, workspaceId, wanted, now);
    if (notes.length > 0) await appendLedger(sql, workspaceId, notes, [], now);
    if (!wanted) return;
    if ((turn.sealedUntil?.getTime() ?? 0) <= now) await sealDay(sql, workspaceId, settings, now);
    for (const canary of await selectDue(sql, workspaceId, now))
      await placeCanary(sql, workspaceId, canary, now);
  });
}

function selectDue(sql: Sql, workspaceId: string, now: number): Promise<CanaryRow[]> {
  return sql<CanaryRow>(
    `SELECT ${CANARY_COLUMNS} FROM canaries c WHERE c.workspace_id = $1 AND c.outcome IS NULL AND c.placed_at IS NULL
       AND c.due_at <= $2 ORDER BY random() LIMIT ${AT_ONCE}`,
    [workspaceId, new Date(now)],
  );
}

/** How a canary that nobody judged ended, by the state of its approval; one that was never placed has none. */
const ENDS: Readonly<Record<string, CanaryOutcome>> = { expired: 'expired', cancelled: 'void' };

/** Those whose approval ended by time or a kill switch, and those that were never placed and no longer will be. */
async function endOpen(
  sql: Sql,
  workspaceId: string,
  wanted: boolean,
  now: number,
): Promise<LedgerNote[]> {
  const rows = await sql<CanaryRow & { state: string | null }>(
    `SELECT ${CANARY_COLUMNS}, ap.state FROM canaries c
       LEFT JOIN approvals ap ON ap.workspace_id = c.workspace_id AND ap.id = c.approval_id
     WHERE c.workspace_id = $1 AND c.outcome IS NULL
       AND CASE WHEN c.placed_at IS NULL THEN NOT $2 OR c.due_at < $3 ELSE ap.state IN ('expired', 'cancelled') END
     ORDER BY c.id FOR UPDATE OF c`,
    [workspaceId, wanted, new Date(now - UNUSED_AFTER_MS)],
  );
  const notes: LedgerNote[] = [];
  for (const { state, ...canary } of rows) {
    const outcome = state === null ? 'unused' : (ENDS[state] ?? 'void');
    const end = { outcome, judge: null, now: new Date(now) };
    notes.push(await endCanary(sql, workspaceId, canary, end));
  }
  return notes;
}
