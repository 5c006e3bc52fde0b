/** The history, written when it is missing, as quickly as the database can take it. */
import { closePool } from '@/lib/db';
import { databaseUrl } from '@/lib/db/url';
import { changeEnvironment } from '@/lib/env';
import { backfillHistory, type BackfillOptions, type BackfillResult } from './backfill';

/**
 * Writes the history without waiting for the disk after each day: what a crash takes away is written again at the next start.
 * Only for a process that does nothing else at the time.
 */
export async function writeHistoryOnce(
  now: number,
  options: BackfillOptions = {},
): Promise<BackfillResult | undefined> {
  const durable = databaseUrl();
  const quick = new URL(durable);
  quick.searchParams.set('options', '-c synchronous_commit=off');
  await closePool();
  changeEnvironment({ DATABASE_URL: quick.href });
  try {
    return await backfillHistory(now, options);
  } finally {
    await closePool();
    changeEnvironment({ DATABASE_URL: durable });
  }
}
