/** What was taken before: an item counts once for its source and id. */
import { newId, sql as query, type Sql } from '@/lib/db';
import { knownUntil } from './evidence-age';
import type { Item, Saying } from './take';

/** An agent's receipts are its own: it must not use up the ids of the systems that report about it. */
const receiptSource = ({ self, protocol }: Saying, { source }: Item): string => {
  const own = self === undefined ? source : `agent:${self} ${source}`;
  return protocol === 'cloudevents' ? own : `${protocol}: ${own}`;
};

const nameOf = (source: string, id: string): string => JSON.stringify([source, id]);

/** The items that were not there before, each once; from now on they were. */
export async function keepReceipts<One extends Item>(
  sql: Sql,
  saying: Saying,
  items: readonly One[],
): Promise<One[]> {
  const unique = new Map(items.map((item) => [nameOf(receiptSource(saying, item), item.id), item]));
  const ordered = [...unique.keys()].sort();
  const rows = await sql<{ source: string; external_id: string }>(
    `INSERT INTO signal_receipts (workspace_id, source, external_id, signal_id, received_at, kept_until)
     SELECT $1, s.source, s.external_id, s.signal_id, $5, s.kept_until
     FROM unnest($2::text[], $3::text[], $4::uuid[], $6::timestamptz[]) AS s (source, external_id, signal_id, kept_until)
     ON CONFLICT DO NOTHING RETURNING source, external_id`,
    [
      saying.workspaceId,
      ...columnsOf(ordered),
      ordered.map(() => newId(saying.now)),
      new Date(saying.now),
      ordered.map((name) =>
        knownUntil(saying.protocol, unique.get(name)?.at ?? saying.now).toISOString(),
      ),
    ],
  );
  const kept = new Set(rows.map((row) => nameOf(row.source, row.external_id)));
  return [...unique].flatMap(([name, item]) => (kept.has(name) ? [item] : []));
}

/** Forgets receipts of items that were not taken after all. */
export async function takeBackReceipts(
  sql: Sql,
  saying: Saying,
  items: readonly Item[],
): Promise<void> {
  if (items.length === 0) return;
  const names = items.map((item) => nameOf(receiptSource(saying, item), item.id));
  await sql(
    `DELETE FROM signal_receipts r USING unnest($2::text[], $3::text[]) AS s (source, external_id)
     WHERE r.workspace_id = $1 AND r.source = s.source AND r.external_id = s.external_id`,
    [saying.workspaceId, ...columnsOf(names)],
  );
}

/** Receipts that one statement forgets, and statements in one round: together more than comes in as much time. */
const BATCH = 5_000;
const BATCHES = 20;

/**
 * Forgets receipts of what would be refused for its age by now. Any number of processes may do this at once.
 *
 * @param now milliseconds since the epoch
 */
export async function forgetReceipts(now: number): Promise<void> {
  for (let done = 0; done < BATCHES; done += 1) {
    const gone = await query(
      `DELETE FROM signal_receipts r USING (SELECT workspace_id, source, external_id FROM signal_receipts
         WHERE kept_until < $1 ORDER BY kept_until LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) old
       WHERE r.workspace_id = old.workspace_id AND r.source = old.source AND r.external_id = old.external_id RETURNING 1`,
      [new Date(now)],
    );
    if (gone.length < BATCH) return;
  }
}

function columnsOf(names: readonly string[]): [sources: string[], ids: string[]] {
  const pairs = names.map((name) => JSON.parse(name) as [string, string]);
  return [pairs.map(([source]) => source), pairs.map(([, id]) => id)];
}
