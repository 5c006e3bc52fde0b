/**
 * Slows down guessing: after a few failures for one e-mail address every further try has to wait, twice as long each time.
 * Known and unknown addresses are treated alike. Kept in the database, so that more processes are not more guesses. Counted
 * apart by where tries come from, so that a stranger who guesses keeps nobody out who is known.
 */
import { sql } from '@/lib/db';

/** Where a try comes from: anywhere, a browser the address has signed in with before, or a login that asks again. */
export type TrySource = 'anywhere' | 'login' | `browser:${string}`;

const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 15 * 60;
const FORGET_AFTER_SECONDS = 60 * 60;
/** Doublings after which the longest wait is reached; keeps the power small. */
const MOST_DOUBLINGS = 10;
/** Addresses of nobody that are remembered; the oldest go first. Guessing at addresses must not fill the database. */
const MOST_STRANGERS = 10_000;

/** How long a row of `sign_in_failures` keeps the next try waiting, in seconds. */
const WAIT_SECONDS = `CASE WHEN f.failures < ${FREE_FAILURES} THEN 0
  ELSE least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * 2 ^ least(f.failures - ${FREE_FAILURES}, ${MOST_DOUBLINGS})) END`;

/**
 * Asks for one try. It counts as a failure from this moment, so that many tries at once are not all free: call `forgetFailures`
 * when it succeeded.
 *
 * @returns 0 when it may be made, else the whole seconds to wait; then nothing was counted
 */
export async function takeTry(
  email: string,
  now: Date,
  source: TrySource = 'anywhere',
): Promise<number> {
  const taken = await sql(
    `INSERT INTO sign_in_failures AS f (email, source, failures, last_at) VALUES ($1, $3, 1, $2)
     ON CONFLICT (email, source) DO UPDATE SET last_at = $2,
       failures = CASE WHEN f.last_at <= $2 - interval '${FORGET_AFTER_SECONDS} seconds' THEN 1 ELSE f.failures + 1 END
     WHERE f.last_at + make_interval(secs => ${WAIT_SECONDS}) <= $2
     RETURNING 1`,
    [email, now, source],
  );
  if (taken.length > 0) return 0;
  const [row] = await sql<{ seconds: number }>(
    `SELECT extract(epoch FROM f.last_at + make_interval(secs => ${WAIT_SECONDS}) - $2)::float8 AS seconds
     FROM sign_in_failures f WHERE f.email = $1 AND f.source = $3`,
    [email, now, source],
  );
  return Math.max(1, Math.ceil(row?.seconds ?? 1));
}

/** The last try was right: the next mistakes are the first ones again. */
export async function forgetFailures(email: string, source: TrySource = 'anywhere'): Promise<void> {
  await sql('DELETE FROM sign_in_failures WHERE email = $1 AND source = $2', [email, source]);
}

/** Drops what no longer makes anybody wait, and addresses of nobody beyond the bound. */
export async function pruneFailures(now: Date): Promise<void> {
  await sql(
    `DELETE FROM sign_in_failures WHERE last_at < $1::timestamptz - interval '${FORGET_AFTER_SECONDS} seconds'`,
    [now],
  );
  await sql(
    `DELETE FROM sign_in_failures WHERE (email, source) IN (
       SELECT f.email, f.source FROM sign_in_failures f
       WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.email = f.email)
       ORDER BY f.last_at DESC OFFSET ${MOST_STRANGERS})`,
  );
}
