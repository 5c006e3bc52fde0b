import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import pg from 'pg';
import { migrate, readMigrations, type Migration } from './migrate';

const { admin } = inject('databaseServer');
const first: Migration = { name: '1_first', sql: 'CREATE TABLE one (n int)', checksum: 'a' };
const second: Migration = { name: '2_second', sql: 'CREATE TABLE two (n int)', checksum: 'b' };

let url: string;
let name: string;

async function query<Row extends pg.QueryResultRow>(text: string, to = url): Promise<Row[]> {
  const client = new pg.Client({ connectionString: to });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  name = `migrate_${Math.floor(performance.now() * 1000)}_${process.pid}`;
  await query(`CREATE DATABASE ${name}`, admin);
  url = Object.assign(new URL(admin), { pathname: `/${name}` }).href;
});

afterEach(async () => {
  await query(`DROP DATABASE ${name} WITH (FORCE)`, admin);
});

describe('migrate', () => {
  it('applies what is missing, in order, and nothing twice', async () => {
    expect(await migrate(url, [first])).toEqual(['1_first']);
    expect(await migrate(url, [first, second])).toEqual(['2_second']);
    expect(await migrate(url, [first, second])).toEqual([]);
  });

  it('records each as prisma migrate deploy does', async () => {
    await migrate(url);
    const rows = await query(
      'SELECT migration_name, checksum, applied_steps_count, rolled_back_at, finished_at IS NOT NULL AS finished FROM _prisma_migrations',
    );
    const expected = readMigrations().map((migration) => ({
      migration_name: migration.name,
      checksum: migration.checksum,
      applied_steps_count: 1,
      rolled_back_at: null,
      finished: true,
    }));
    expect(rows).toEqual(expected);
  });

  it('applies each once when several processes start together', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => migrate(url, [first])));
    expect(results.flat()).toEqual(['1_first']);
  });

  it('leaves nothing of a migration that fails', async () => {
    const broken = { ...second, sql: 'CREATE TABLE half (n int); SELECT 1/0;' };
    await expect(migrate(url, [first, broken])).rejects.toThrow(
      'The migration 2_second cannot be applied: division by zero',
    );
    const [row] = await query<{ half: string | null }>(`SELECT to_regclass('half') AS half`);
    expect(row).toEqual({ half: null });
    expect(await migrate(url, [first, second])).toEqual(['2_second']);
  });

  it('finds the person behind every key there is already', async () => {
    const all = readMigrations();
    const at = all.findIndex(({ name: found }) => found.endsWith('_authors_and_sources'));
    await migrate(url, all.slice(0, at));
    const [ws, ada, one, two, three, shell, late] = Array.from(
      { length: 7 },
      (_, n) => `00000000-0000-7000-8000-00000000000${n}`,
    );
    await query(
      `INSERT INTO workspaces (id, slug, name, kind, created_at) VALUES ('${ws}', 'w', 'W', 'own', now())`,
    );
    const made: [string | undefined, string][] = [
      [one, `person:${ada}`],
      [two, `key:${one}`],
      [three, `key:${two}`],
      [shell, 'cli'],
      [late, `key:${shell}`],
    ];
    for (const [id, by] of made)
      await query(`INSERT INTO api_keys (workspace_id, id, name, role, prefix, key_hash, created_by, created_at)
        VALUES ('${ws}', '${id}', 'k', 'admin', 'bk_', '${id}', '${by}', now())`);
    await migrate(url, all);
    const rows = await query<{ author: string | null }>(
      'SELECT author_person_id AS author FROM api_keys ORDER BY id',
    );
    expect(rows.map(({ author }) => author)).toEqual([ada, ada, ada, null, null]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    await migrate(url, [first]);
    await expect(migrate(url, [{ ...first, checksum: 'other' }])).rejects.toThrow('was changed');
  });

  it('refuses a database of a newer Belay', async () => {
    await migrate(url, [first, second]);
    await expect(migrate(url, [first])).rejects.toThrow('used by a newer Belay');
  });

  it('refuses a migration that another tool left half done', async () => {
    await migrate(url, [first]);
    await query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(url, [first, second])).rejects.toThrow('left half done');
  });
});
