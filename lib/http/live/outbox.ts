import { liveEventSchema, type LiveEvent } from '@/lib/contracts';
import { sql } from '@/lib/db';

/** How the announcements of a workspace are read. */
export interface Outbox {
  /** What was announced after `seq`, in order, at most MOST_EVENTS. */
  readonly read: (workspaceId: string, seq: number) => Promise<LiveEvent[]>;
  /** The number of the newest announcement. */
  readonly head: (workspaceId: string) => Promise<number>;
}

/** Most announcements read at once, and most a client can catch up with. */
const MOST_EVENTS = 1_000;

interface Row {
  readonly seq: number;
  readonly type: string;
  readonly agentId: string | null;
  readonly subjectId: string | null;
  readonly at: Date;
}

export async function readOutbox(workspaceId: string, seq: number): Promise<LiveEvent[]> {
  const rows = await sql<Row>(
    `SELECT seq, type, agent_id AS "agentId", subject_id AS "subjectId", at FROM outbox
     WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT ${MOST_EVENTS}`,
    [workspaceId, seq],
  );
  return rows.map((row) => liveEventSchema.parse({ ...row, at: row.at.toISOString() }));
}

export async function readOutboxHead(workspaceId: string): Promise<number> {
  const [row] = await sql<{ seq: number }>(
    'SELECT outbox_seq AS seq FROM ledger_heads WHERE workspace_id = $1',
    [workspaceId],
  );
  return row?.seq ?? 0;
}

/**
 * What a client missed that last saw `seq`; nothing when it cannot be told any more, because old announcements are forgotten or
 * there are too many: then it has to load everything again.
 */
export async function readMissed(
  workspaceId: string,
  seq: number,
): Promise<LiveEvent[] | undefined> {
  const events = await readOutbox(workspaceId, seq);
  const [first] = events;
  const head = await readOutboxHead(workspaceId);
  if (first === undefined) return seq === head ? [] : undefined;
  return first.seq === seq + 1 && events.length < MOST_EVENTS ? events : undefined;
}
