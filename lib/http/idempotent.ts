/**
 * `Idempotency-Key`: a request that is sent twice with one key happens once, and both get the same answer. The key is written
 * in the transaction of the effect: a process that dies leaves both or neither, and the next try need not wait for anything.
 */
import { createHash } from 'node:crypto';
import { actorRef, type Actor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { asOneTransaction, send, sql } from '@/lib/db';
import {
  claimKeys,
  keyInProgress,
  nameOfKey,
  rememberedFor,
  rememberKeys,
  type KeyedRequest,
  type Remembered,
} from '@/lib/decide';

const KEY = /^[\x21-\x7e]{1,255}$/;

interface Call {
  readonly request: Request;
  readonly actor: Actor;
  readonly body: unknown;
  readonly now: Date;
}

/**
 * Runs `create` once for each key of an actor; without the header it just runs. A failed try leaves nothing behind. `create`
 * becomes one transaction with its answer, so it reads and writes through `sql` and `withTransaction` alone.
 *
 * @throws DomainError `malformed_idempotency_key`, `idempotency_key_reused`, `in_progress`
 */
export async function once<Result>(call: Call, create: () => Promise<Result>): Promise<Result> {
  const keyed = keyedRequest(call);
  if (keyed === undefined) return create();
  try {
    return await createKeyed(keyed, create, call.now);
  } catch (error) {
    return (await whatCameOf(keyed, error)).response as Result;
  }
}

/** What a try fails with where the key may have been used: it is not free, or there was no room to find out. */
const UNDECIDED: ReadonlySet<string> = new Set(['in_progress', 'overloaded']);

/**
 * What came of a key, once a try has failed where it may be the reason: that is rare, and asked about only then.
 *
 * @throws the error of the try, when it was another one or nobody knows yet what comes of the key; DomainError
 *   `idempotency_key_reused`
 */
export async function whatCameOf(
  keyed: KeyedRequest | undefined,
  error: unknown,
): Promise<Remembered> {
  const unknown = error instanceof DomainError && UNDECIDED.has(error.code);
  const known = unknown && keyed !== undefined ? await rememberedFor(sql, keyed) : undefined;
  if (known === undefined) throw error;
  return known;
}

function createKeyed<Result>(
  keyed: KeyedRequest,
  create: () => Promise<Result>,
  now: Date,
): Promise<Result> {
  return asOneTransaction(async () => {
    const free = await claimKeys(sql, keyed.workspaceId, [keyed]);
    if (!free.has(nameOfKey(keyed))) throw keyInProgress();
    const result = await create();
    await send(
      sql,
      rememberKeys([{ ...keyed, decisionId: null, response: result }], now.getTime()),
    );
    return result;
  });
}

/**
 * The key of a request; undefined without the header.
 *
 * @throws DomainError `malformed_idempotency_key`
 */
export function keyedRequest(call: Omit<Call, 'now'>): KeyedRequest | undefined {
  const key = call.request.headers.get('idempotency-key');
  if (key === null) return undefined;
  if (!KEY.test(key))
    throw new DomainError(
      'malformed',
      'malformed_idempotency_key',
      'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    );
  const { workspaceId } = call.actor;
  return { workspaceId, actor: actorRef(call.actor), key, sha256: hashOf(call) };
}

/**
 * The key of one evaluation among several: `<key>.<index>`. Sent alone with that key it is the same request, so that a caller
 * whose batch was refused for one of its items can ask for the others without deciding them twice.
 *
 * @throws DomainError `malformed_idempotency_key`
 */
export function keyedItem(
  call: Omit<Call, 'now'>,
  index: number,
  alone: { readonly path: string; readonly body: unknown },
): KeyedRequest | undefined {
  const whole = keyedRequest(call);
  if (whole === undefined) return undefined;
  const { method } = call.request;
  return {
    ...whole,
    key: `${whole.key}.${index}`,
    sha256: hashOfParts(method, alone.path, alone.body),
  };
}

function hashOf({ request, body }: Omit<Call, 'now'>): string {
  return hashOfParts(request.method, new URL(request.url).pathname, body);
}

const hashOfParts = (method: string, path: string, body: unknown): string =>
  createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(body ?? null)}`)
    .digest('hex');
