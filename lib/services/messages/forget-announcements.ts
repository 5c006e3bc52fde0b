import { sql } from '@/lib/db';

const HOUR_MS = 3_600_000;

/**
 * Forgets announcements that every browser has read. What has not been looked at for messages stays, however old it is.
 *
 * @param now milliseconds since the epoch
 */
export async function forgetAnnouncements(now: number): Promise<void> {
  await sql(
    `DELETE FROM outbox o WHERE o.at < $1
       AND o.seq <= coalesce((SELECT c.seq FROM message_cursors c WHERE c.workspace_id = o.workspace_id), 0)`,
    [new Date(now - HOUR_MS)],
  );
}
