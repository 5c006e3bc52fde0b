import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/**
 * The browser for the end-to-end tests: one in PATH, or the one Playwright downloaded.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isRunnable) ?? downloadedBrowser();
}

/** @returns {string | undefined} */
function downloadedBrowser() {
  try {
    const require = createRequire(import.meta.url);
    const path = require('@playwright/test').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Makes sure that there is a browser; says what it does. */
export async function installBrowser() {
  if (findBrowser() !== undefined) return;
  for (const install of isRootOnDebian() ? [fromDebian, download] : [download]) {
    await install();
    if (findBrowser() !== undefined) return;
  }
  throw new Error(
    'There is no browser for the end-to-end tests. Install Chromium, then try again.',
  );
}

async function fromDebian() {
  say("installing Debian's chromium for the end-to-end tests");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
}

async function download() {
  say('downloading Chromium for the end-to-end tests');
  const cli = join(process.cwd(), 'node_modules/@playwright/test/cli.js');
  const args = [cli, 'install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium'];
  await run(process.execPath, args, { timeoutMs: DOWNLOAD_TIMEOUT_MS });
}

/** Elsewhere (Ubuntu) the package of this name is only a pointer to another store. */
function isRootOnDebian() {
  if (process.getuid?.() !== 0) return false;
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** @param {string} path */
function isRunnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
