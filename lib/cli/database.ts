import { closePool, closePrisma, sql } from '@/lib/db';
import { runningDatabaseUrl } from '@/lib/db/embedded/connection';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { changeEnvironment, env } from '@/lib/env';

/**
 * Runs a command with a migrated database: DATABASE_URL, the embedded PostgreSQL of a Belay that
 * is running on this home, or else one started for the command alone.
 */
export async function withDatabase<T>(command: () => Promise<T>): Promise<T> {
  const release = await provideDatabase();
  try {
    return await command();
  } finally {
    await closePool();
    await closePrisma();
    await release();
  }
}

async function provideDatabase(): Promise<() => Promise<void>> {
  const { databaseUrl, home } = env();
  if (databaseUrl !== undefined) {
    await migrate(databaseUrl);
    return () => Promise.resolve();
  }
  if (await isRunning(home)) return () => Promise.resolve();
  const server = await startEmbedded({ home });
  changeEnvironment({ DATABASE_URL: server.url });
  await migrate(server.url);
  return server.stop;
}

async function isRunning(home: string): Promise<boolean> {
  if (runningDatabaseUrl(home) === undefined) return false;
  try {
    await sql('SELECT 1');
    return true;
  } catch {
    await closePool();
    return false;
  }
}
