import { describe, expect, it } from 'vitest';
import { newId, pool, prisma, sql, sqlOfPrisma, withTransaction, type Sql } from './index';

const EVERY_TYPE = `
  SELECT $1::uuid AS id, $2::text AS label, $3::bigint AS big, $4::float8 AS score, $5::boolean AS yes,
         $6::timestamptz AS at, $7::bytea AS bytes, $8::jsonb AS body, $9::text[] AS labels,
         $10::bigint[] AS bigs, $11::text AS nothing, 12345.678::numeric AS precise`;

const id = newId();
const at = new Date('2026-11-20T12:34:56.789Z');
const values = [
  id,
  'a',
  9_007_199_254_740_991,
  0.1 + 0.2,
  true,
  at,
  Buffer.from([0, 1, 255]),
  '{"b":[1,2]}',
  ['x', 'y, "z"', ''],
  [1, 9_007_199_254_740_991],
  null,
];

const expected = {
  id,
  label: 'a',
  big: 9_007_199_254_740_991,
  score: 0.1 + 0.2,
  yes: true,
  at,
  bytes: Buffer.from([0, 1, 255]),
  body: { b: [1, 2] },
  labels: ['x', 'y, "z"', ''],
  bigs: [1, 9_007_199_254_740_991],
  nothing: null,
  precise: '12345.678',
};

async function writeTwice(run: Sql): Promise<void> {
  await run(`CREATE TEMPORARY TABLE pair (id uuid, at timestamptz, bytes bytea) ON COMMIT DROP`);
  await run(`INSERT INTO pair SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::bytea[])`, [
    [newId(), newId()],
    [at, at],
    [Buffer.from('a'), Buffer.from('b')],
  ]);
  const rows = await run<{ at: Date; bytes: Buffer }>('SELECT at, bytes FROM pair ORDER BY bytes');
  expect(rows.map((row) => row.bytes.toString())).toEqual(['a', 'b']);
  expect(rows.map((row) => row.at)).toEqual([at, at]);
}

describe('the Sql port', () => {
  it('gives every type the same value over a plain connection and over Prisma', async () => {
    expect(await sql(EVERY_TYPE, values)).toEqual([expected]);
    await prisma().$transaction(async (transaction) => {
      expect(await sqlOfPrisma(transaction)(EVERY_TYPE, values)).toEqual([expected]);
    });
  });

  it('writes many rows with one statement over either', async () => {
    await withTransaction(writeTwice);
    await prisma().$transaction((transaction) => writeTwice(sqlOfPrisma(transaction)));
  });

  it('joins the transaction of Prisma: both roll back together', async () => {
    const workspace = { id: newId(), slug: 'rolled-back', name: 'W', kind: 'own', createdAt: at };
    const attempt = prisma().$transaction(async (transaction) => {
      await transaction.workspace.create({ data: workspace });
      const seen = await sqlOfPrisma(transaction)('SELECT 1 FROM workspaces WHERE slug = $1', [
        workspace.slug,
      ]);
      expect(seen).toHaveLength(1);
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await sql('SELECT 1 FROM workspaces WHERE slug = $1', [workspace.slug])).toEqual([]);
  });
});

describe('withTransaction', () => {
  it('commits what the work did and returns its result', async () => {
    const result = await withTransaction(async (run) => {
      await run('CREATE TABLE kept (n integer)');
      await run('INSERT INTO kept VALUES ($1)', [7]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await sql('SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('rolls back when the work throws, and the connection is usable again', async () => {
    const attempt = withTransaction(async (run) => {
      await run('CREATE TABLE lost (n integer)');
      await run('SELECT 1/0');
    });
    await expect(attempt).rejects.toThrow('division by zero');
    expect(await sql(`SELECT to_regclass('lost') AS found`)).toEqual([{ found: null }]);
    expect(pool().waitingCount).toBe(0);
  });
});
