// Gets a checkout ready before `npm start`, `npm test` and the like: packages, the database
// client, the built console, a browser. Runs before anything is installed, so it is plain Node
// with built-in modules only, and skips what is ready already.
import { fileURLToPath } from 'node:url';
import { installBrowser } from './bootstrap/browser.mjs';
import { buildConsole } from './bootstrap/build.mjs';
import { installDependencies } from './bootstrap/dependencies.mjs';
import { generatePrismaClient } from './bootstrap/prisma-client.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const OLDEST_NODE = [20, 19];

/** What each command needs, in order. @type {Record<string, ((root: string) => Promise<void>)[]>} */
const STEPS = {
  start: [installDependencies, generatePrismaClient, buildConsole],
  test: [installDependencies, generatePrismaClient, installBrowser],
  code: [installDependencies, generatePrismaClient],
};

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(
    `Belay needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}.`,
  );
}

try {
  process.chdir(ROOT);
  checkNode();
  for (const step of STEPS[process.argv[2] ?? 'code'] ?? []) await step(ROOT);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
