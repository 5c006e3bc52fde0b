import { describe, expect, it } from 'vitest';
import { asOneTransaction, sql, withClosing, withTransaction, type Sql } from './index';

const table = 'after_the_end';

it.each([
  ['a transaction', (work: (run: Sql) => Promise<void>) => withTransaction(work)],
  [
    'all that belongs to one',
    (work: (run: Sql) => Promise<void>) => asOneTransaction(() => work(sql)),
  ],
])('what is sent after %s has failed reaches nothing', async (_name, within) => {
  await sql(`CREATE TABLE IF NOT EXISTS ${table} (n integer)`);
  let late: Promise<unknown> = Promise.resolve();
  const failed = within(async (run) => {
    await run(`INSERT INTO ${table} VALUES (1)`);
    late = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
      run(`INSERT INTO ${table} VALUES (2)`),
    );
    late.catch(() => undefined);
    throw new Error('on purpose');
  });
  await expect(failed).rejects.toThrow('on purpose');
  await expect(late).rejects.toThrow('the transaction has ended');
  expect(await sql(`SELECT n FROM ${table}`)).toEqual([]);
  await sql(`DROP TABLE ${table}`);
});

describe('statements that travel with the commit', () => {
  const inserted = (n: number) => ({ text: `INSERT INTO closing VALUES ($1)`, values: [n] });
  const stored = async () => (await sql<{ n: number }>('SELECT n FROM closing')).map(({ n }) => n);

  it('are committed together with what was sent before, in order, and tell of their rows', async () => {
    await sql('CREATE TABLE IF NOT EXISTS closing (n integer UNIQUE)');
    const told: unknown[] = [];
    const result = await withClosing(async (run) => {
      await run('INSERT INTO closing VALUES (1)');
      const last = { text: 'DELETE FROM closing WHERE n = $1 RETURNING n', values: [2] };
      const closing = [inserted(2), inserted(3), { ...last, onRows: (r: unknown) => told.push(r) }];
      return { result: 'done', closing };
    });
    expect(result).toBe('done');
    expect(told).toEqual([[{ n: 2 }]]);
    expect(await stored()).toEqual([1, 3]);
  });

  it.each([
    ['the first', [inserted(1), inserted(8)]],
    ['one in the middle', [inserted(8), inserted(1), inserted(9)]],
    ['the last', [inserted(8), inserted(1)]],
  ])('leave nothing when %s of them fails, and say why', async (_which, closing) => {
    const failed = withClosing(async (run) => {
      await run('INSERT INTO closing VALUES (7)');
      return { result: 'never', closing };
    });
    await expect(failed).rejects.toThrow(/duplicate key/);
    expect(await stored()).toEqual([1, 3]);
    expect(await withTransaction((run) => run('SELECT 1 AS fine'))).toEqual([{ fine: 1 }]);
  });

  it('are not committed when a statement before them failed, whoever looked away', async () => {
    const failed = withClosing(async (run) => {
      await run('INSERT INTO closing VALUES (1)').catch(() => undefined);
      return { result: 'never', closing: [] };
    });
    await expect(failed).rejects.toThrow('the transaction was rolled back');
    await sql('DROP TABLE closing');
  });

  it('are not committed when one of them could not be put into bytes, and the connection goes on', async () => {
    await sql('CREATE TABLE IF NOT EXISTS closing (n integer UNIQUE)');
    const unwritable = {
      toPostgres: () => {
        throw new TypeError('no value for a database');
      },
    };
    for (let times = 0; times < 3; times += 1) {
      const failed = withClosing(async (run) => {
        await run('INSERT INTO closing VALUES (20)');
        return {
          result: 'never',
          closing: [
            inserted(21),
            { text: 'DELETE FROM closing WHERE n = $1', values: [unwritable as never] },
            inserted(22),
          ],
        };
      });
      await expect(failed).rejects.toThrow('no value for a database');
      expect(await withTransaction((run) => run('DELETE FROM closing WHERE n = $1', [24]))).toEqual(
        [],
      );
      expect(await stored()).toEqual([]);
    }
    await withClosing(() => Promise.resolve({ result: 'fine', closing: [inserted(23)] }));
    expect(await stored()).toEqual([23]);
    await sql('DROP TABLE closing');
  });
});
