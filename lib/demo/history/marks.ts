/** What the ledger says about the history itself: when it was begun, and that it is done. */
import { sql, withTransaction } from '@/lib/db';
import { appendLedger } from '@/lib/decide';

type Mark = 'demo.history_begun' | 'demo.history_written';

/** @param start midnight (UTC) of the first day, in milliseconds since the epoch */
export function markHistory(
  workspaceId: string,
  kind: Mark,
  start: number,
  now: number,
): Promise<void> {
  const note = { kind, actor: 'belay', subject: `workspace:${workspaceId}`, body: { start } };
  return withTransaction((run) => appendLedger(run, workspaceId, [note], [], now));
}

export const startOfBegunHistory = (workspaceId: string) =>
  readMark(workspaceId, 'demo.history_begun');
export const startOfWrittenHistory = (workspaceId: string) =>
  readMark(workspaceId, 'demo.history_written');

/** The start that a mark names; undefined when there is no such mark. */
async function readMark(workspaceId: string, kind: Mark): Promise<number | undefined> {
  const [entry] = await sql<{ bytes: Buffer }>(
    'SELECT bytes FROM ledger_entries WHERE workspace_id = $1 AND kind = $2 LIMIT 1',
    [workspaceId, kind],
  );
  if (entry === undefined) return undefined;
  const start = /"start":(\d+)/.exec(entry.bytes.toString('utf8'))?.[1];
  if (start === undefined) throw new Error(`the ledger entry "${kind}" names no start`);
  return Number(start);
}
