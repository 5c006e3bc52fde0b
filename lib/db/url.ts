import { env } from '@/lib/env';
import { runningDatabaseUrl } from './embedded/connection';

/**
 * The address of the database: DATABASE_URL, else the embedded PostgreSQL that a running
 * `belay start` keeps under BELAY_HOME.
 *
 * @throws Error with what to do when there is neither
 */
export function databaseUrl(): string {
  const { databaseUrl: given, home } = env();
  const url = given ?? runningDatabaseUrl(home);
  if (url !== undefined) return url;
  throw new Error(
    `No database: nothing is running under ${home}. Start Belay with "npm start", or set DATABASE_URL.`,
  );
}
