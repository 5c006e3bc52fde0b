/**
 * Keys that callers give their requests, so that a request sent twice counts once. A key is written in the transaction of its
 * effect: a process that dies leaves both or neither, and the next try finds that out at once.
 */
import { DomainError } from '@/lib/contracts';
import type { Sql, Statement } from '@/lib/db';

/** A request with a key of its caller's. */
export interface KeyedRequest {
  readonly workspaceId: string;
  /** `agent:<id>`, `key:<id>` or `person:<id>`: keys of two callers have nothing to do with each other. */
  readonly actor: string;
  readonly key: string;
  /** Tells the same request from another one with the same key. */
  readonly sha256: string;
}

/** What came of a request: the decision its answer is made from, or the answer itself. */
export interface Remembered {
  readonly decisionId: string | null;
  readonly response: unknown;
}

export const nameOfKey = ({ actor, key }: Pick<KeyedRequest, 'actor' | 'key'>): string =>
  `${actor} ${key}`;

/**
 * What came of a request with this key; undefined when there was none.
 *
 * @throws DomainError 422 `idempotency_key_reused`, 409 `in_progress` for what an earlier version of Belay has reserved
 */
export async function rememberedFor(
  sql: Sql,
  { workspaceId, actor, key, sha256 }: KeyedRequest,
): Promise<Remembered | undefined> {
  const [row] = await sql<Remembered & { sha256: string; done: boolean }>(
    `SELECT request_sha256 AS sha256, response, decision_id AS "decisionId", status IS NOT NULL AS done
     FROM idempotency_keys WHERE workspace_id = $1 AND actor = $2 AND key = $3`,
    [workspaceId, actor, key],
  );
  if (row === undefined) return undefined;
  if (row.sha256 !== sha256)
    throw new DomainError(
      'unprocessable',
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a new key for every request.',
    );
  if (!row.done) throw keyInProgress();
  return row;
}

/**
 * Takes keys for this transaction until it ends, however it ends. Never waits, so it has no place in the order of locks.
 *
 * @returns the names (`nameOfKey`) of those that nobody else has taken or used
 */
export async function claimKeys(
  sql: Sql,
  workspaceId: string,
  requests: readonly Pick<KeyedRequest, 'actor' | 'key'>[],
): Promise<ReadonlySet<string>> {
  if (requests.length === 0) return new Set();
  const values = [
    workspaceId,
    requests.map(({ actor }) => actor),
    requests.map(({ key }) => key),
  ] as const;
  // The second statement begins after the first has its locks, so it sees what the last holder committed.
  const [taken, used] = await Promise.all([
    sql<{ actor: string; key: string; free: boolean }>(
      `SELECT k.actor, k.key, pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || k.actor || ' ' || k.key, 2)) AS free
       FROM unnest($2::text[], $3::text[]) AS k (actor, key)`,
      values,
    ),
    sql<{ actor: string; key: string }>(
      `SELECT i.actor, i.key FROM unnest($2::text[], $3::text[]) AS k (actor, key)
       JOIN idempotency_keys i ON i.workspace_id = $1::uuid AND i.actor = k.actor AND i.key = k.key`,
      values,
    ),
  ]);
  const unusable = new Set(used.map(nameOfKey));
  return new Set(
    taken.flatMap((row) => (row.free && !unusable.has(nameOfKey(row)) ? [nameOfKey(row)] : [])),
  );
}

/** Writes what came of requests whose keys this transaction has claimed. @param now milliseconds since the epoch */
export function rememberKeys(
  rows: readonly (KeyedRequest & Remembered)[],
  now: number,
): Statement[] {
  if (rows.length === 0) return [];
  return [
    {
      text: `INSERT INTO idempotency_keys (workspace_id, actor, key, request_sha256, status, decision_id, response, created_at)
        SELECT r.workspace_id, r.actor, r.key, r.sha256, 200, r.decision_id, r.response::jsonb, $7
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[])
          AS r (workspace_id, actor, key, sha256, decision_id, response)`,
      values: [
        rows.map(({ workspaceId }) => workspaceId),
        rows.map(({ actor }) => actor),
        rows.map(({ key }) => key),
        rows.map(({ sha256 }) => sha256),
        rows.map(({ decisionId }) => decisionId),
        rows.map(({ response, decisionId }) =>
          decisionId === null ? JSON.stringify(response ?? null) : null,
        ),
        new Date(now),
      ],
    },
  ];
}

export const keyInProgress = () =>
  new DomainError('conflict', 'in_progress', 'The first request with this key is still running.', {
    retryAfterSeconds: 1,
  });
