import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentStamp, readStamp } from './content-stamp.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];

/**
 * Generates the Prisma client if the schema changed since the last time.
 *
 * @param {string} root
 */
export async function generatePrismaClient(root) {
  const stampPath = join(root, 'lib/db/generated/.stamp');
  const stamp = contentStamp(root, SOURCES);
  if (readStamp(stampPath) === stamp) return;
  say('generating the database client');
  // `generate` needs no engine, but insists on one and would download it: any program satisfies it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const cli = join(root, 'node_modules/prisma/build/index.js');
  if (!(await run(process.execPath, [cli, 'generate', '--no-hints'], { env }))) {
    throw new Error('The database client could not be generated; Prisma says why above.');
  }
  writeFileSync(stampPath, stamp);
}
