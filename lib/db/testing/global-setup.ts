import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../embedded';
import { migrate } from '../migrate';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run: a database `postgres` to give orders in, and the template. */
    databaseServer: { admin: string; template: string };
  }
}

const TEMPLATE = 'belay_template';

/**
 * One real PostgreSQL for the whole test run, in a temporary directory, with the migrations
 * applied to a template that every test file gets a copy of.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'belay-test-'));
  const server = await startEmbedded({
    home,
    // Nothing here has to outlive a power cut; the tests of durability start servers of their own.
    settings: { fsync: 'off', max_connections: '200' },
  });
  const admin = server.urlFor('postgres');
  await createDatabase(admin, TEMPLATE);
  await migrate(server.urlFor(TEMPLATE));
  project.provide('databaseServer', { admin, template: TEMPLATE });
  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

async function createDatabase(admin: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  await client.end();
}
