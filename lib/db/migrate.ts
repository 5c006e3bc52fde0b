import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The lock `prisma migrate` takes as well, so that the two never run at once. */
const ADVISORY_LOCK = 72_707_369;

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** As `prisma migrate` makes it, so that `prisma migrate deploy` can take over at any time. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
}

interface RecordedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** The database and the migrations of this program do not fit together. */
class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The migrations of a directory, in the order of their names. */
export function readMigrations(directory: string = MIGRATIONS): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = readFileSync(join(directory, name, 'migration.sql'));
      const checksum = createHash('sha256').update(file).digest('hex');
      return { name, sql: file.toString('utf8'), checksum };
    });
}

/**
 * Applies the migrations that a database has not seen yet, each in a transaction together with
 * its record. Several processes may call it at once.
 *
 * @returns the names of those applied now
 * @throws MigrationError when an applied migration was changed or failed, or the database is of a
 *   newer program
 */
export async function migrate(url: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'belay migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(CREATE_TABLE);
    const pending = pendingMigrations(migrations, await readRecorded(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function readRecorded(client: pg.Client): Promise<RecordedMigration[]> {
  const result = await client.query<RecordedMigration>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  return result.rows;
}

/** What is left to apply. Pure; see {@link migrate} for what it refuses. */
function pendingMigrations(
  migrations: readonly Migration[],
  recorded: readonly RecordedMigration[],
): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const record of recorded) {
    const migration = known.get(record.migration_name);
    if (migration === undefined) {
      throw new MigrationError(
        `The database has the migration ${record.migration_name}, which this Belay does not know: it was used by a newer Belay.`,
      );
    }
    if (record.finished_at === null) {
      throw new MigrationError(
        `The migration ${record.migration_name} failed earlier and was left half done. Repair it with "prisma migrate resolve", then start again.`,
      );
    }
    if (record.checksum !== migration.checksum) {
      throw new MigrationError(
        `The migration ${record.migration_name} was changed after it was applied. Restore the file; put changes into a new migration.`,
      );
    }
  }
  const applied = new Set(recorded.map((record) => record.migration_name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`The migration ${migration.name} cannot be applied: ${reason}`, {
      cause: error,
    });
  }
}
