import { databaseUrl } from '@/lib/db/url';
import { migrate } from '@/lib/db/migrate';
import { withDatabase } from './database';

/** `belay migrate`: prints what was applied. */
export async function migrateCommand(): Promise<void> {
  await withDatabase(async () => {
    const applied = await migrate(databaseUrl());
    console.log(applied.length === 0 ? 'The database is up to date.' : applied.join('\n'));
  });
}
