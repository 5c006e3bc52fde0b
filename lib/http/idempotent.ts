/** `Idempotency-Key`: a create that is sent twice with one key happens once, and both get the same answer. */
import { createHash } from 'node:crypto';
import { actorRef, type Actor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { sql } from '@/lib/db';

const KEY = /^[\x21-\x7e]{1,255}$/;
/** After this a request that never finished (its process died) may be tried again. */
const ABANDONED_MS = 60_000;

interface Call {
  readonly request: Request;
  readonly actor: Actor;
  readonly body: unknown;
  readonly now: Date;
}

type Stored = { request_sha256: string; response: unknown; done: boolean };

/**
 * Runs `create` once for each key of an actor; without the header it just runs. A failed try leaves nothing behind.
 *
 * @throws DomainError `malformed_idempotency_key`, `idempotency_key_reused`, `in_progress`
 */
export async function once<Result>(call: Call, create: () => Promise<Result>): Promise<Result> {
  const key = call.request.headers.get('idempotency-key');
  if (key === null) return create();
  if (!KEY.test(key))
    throw new DomainError(
      'malformed',
      'malformed_idempotency_key',
      'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    );
  const place = [call.actor.workspaceId, actorRef(call.actor), key] as const;
  const known = await reserve(place, call);
  if (known !== undefined) return known.response as Result;
  try {
    const result = await create();
    await sql(
      'UPDATE idempotency_keys SET status = 200, response = $4::jsonb WHERE workspace_id = $1 AND actor = $2 AND key = $3',
      [...place, JSON.stringify(result ?? null)],
    );
    return result;
  } catch (error) {
    await sql(
      'DELETE FROM idempotency_keys WHERE workspace_id = $1 AND actor = $2 AND key = $3',
      place,
    );
    throw error;
  }
}

/** Takes the key for this call, or returns what the first call answered. */
async function reserve(
  place: readonly [string, string, string],
  call: Call,
): Promise<Stored | undefined> {
  const hash = hashOf(call);
  const taken = await sql(
    `INSERT INTO idempotency_keys (workspace_id, actor, key, request_sha256, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, actor, key) DO UPDATE SET created_at = excluded.created_at, request_sha256 = excluded.request_sha256
       WHERE idempotency_keys.status IS NULL AND idempotency_keys.created_at < $6
     RETURNING key`,
    [...place, hash, call.now, new Date(call.now.getTime() - ABANDONED_MS)],
  );
  if (taken.length > 0) return undefined;
  const [stored] = await sql<Stored>(
    `SELECT request_sha256, response, status IS NOT NULL AS done FROM idempotency_keys
     WHERE workspace_id = $1 AND actor = $2 AND key = $3`,
    place,
  );
  if (stored !== undefined && stored.request_sha256 !== hash)
    throw new DomainError(
      'unprocessable',
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a new key for every request.',
    );
  if (stored?.done === true) return stored;
  throw new DomainError(
    'conflict',
    'in_progress',
    'The first request with this key is still running.',
    {
      retryAfterSeconds: 1,
    },
  );
}

function hashOf({ request, body }: Call): string {
  const path = new URL(request.url).pathname;
  return createHash('sha256')
    .update(`${request.method} ${path}\n${JSON.stringify(body ?? null)}`)
    .digest('hex');
}
