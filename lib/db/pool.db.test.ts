import { expect, it } from 'vitest';
import { asOneTransaction, sql, withTransaction, type Sql } from './index';

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
