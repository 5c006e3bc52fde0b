import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { changeEnvironment } from '@/lib/env';
import { closePool } from '../pool';
import { closePrisma } from '../prisma';

// Runs in every *.db.test.ts: gives the file a database of its own, so that files can run at the
// same time and see nothing of each other, and makes it what `pool()` and `prisma()` connect to.

const { admin, template } = inject('databaseServer');
const name = `test_${randomBytes(8).toString('hex')}`;

beforeAll(async () => {
  await order(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  changeEnvironment({
    DATABASE_URL: url.href,
    BELAY_SECRET: 'a-secret-that-only-tests-use-0123456789',
    BELAY_DEMO: '0',
  });
});

afterAll(async () => {
  await closePool();
  await closePrisma();
  await order(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** Two files may copy the template at the same moment, which PostgreSQL refuses: try again. */
async function order(statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      if (attempt === 20 || (error as { code?: string }).code !== '55006') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end();
    }
  }
}
