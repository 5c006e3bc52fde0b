import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressAssets } from './compress-assets.mjs';
import { contentStamp, readStamp } from './content-stamp.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
];

/** Tests and the command line are not part of the built app. @param {string} path */
const isPartOfApp = (path) =>
  !/\.test\.tsx?$|^lib\/cli\/|^lib\/db\/(generated|testing)\//.test(path);

/**
 * Builds the console if its sources changed since the last build.
 *
 * @param {string} root
 */
export async function buildConsole(root) {
  const stampPath = join(root, '.next/belay-build');
  const stamp = contentStamp(root, SOURCES, isPartOfApp);
  if (readStamp(stampPath) === stamp) return;
  say('building the console (once, for about a minute; later starts skip this)');
  rmSync(stampPath, { force: true });
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  const next = join(root, 'node_modules/next/dist/bin/next');
  if (!(await run(process.execPath, [next, 'build'], { env, quiet: true }))) {
    throw new Error('The console could not be built; Next says why above.');
  }
  compressAssets(join(root, '.next/static'));
  writeFileSync(stampPath, stamp);
}
