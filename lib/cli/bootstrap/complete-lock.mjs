// `node lib/cli/bootstrap/complete-lock.mjs`, after a change of packages: adds to package-lock.json
// the packages of other systems that the registry in use does not carry. npm leaves them out of the
// lock file then, and `npm ci` refuses a lock file without them, everywhere. Their versions are
// exact in the packages that want them; their digests are not known here, so npm does not check
// those on the systems that install them.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {boolean} [dev]
 * @property {boolean} [devOptional]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * Platform packages that others want in an exact version and the lock file does not have.
 *
 * @param {Record<string, LockEntry>} packages
 * @returns {Record<string, LockEntry>}
 */
export function missingPlatformPackages(packages) {
  /** @type {Record<string, LockEntry>} */
  const missing = {};
  for (const parent of Object.values(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (packages[path] !== undefined || !EXACT.test(version)) continue;
      missing[path] = { version, ...platformOf(name), ...groupOf(parent), optional: true };
    }
  }
  return missing;
}

/** What runs it, by the words of its name. @param {string} name */
function platformOf(name) {
  const words = name.split('/').pop()?.split('-') ?? [];
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : ['glibc'];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os.length > 0 ? { os } : {}),
    ...(os.includes('linux') ? { libc } : {}),
  };
}

/** @param {LockEntry} parent */
function groupOf({ dev, devOptional }) {
  return { ...(dev ? { dev } : {}), ...(devOptional ? { devOptional } : {}) };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const missing = missingPlatformPackages(lock.packages);
  const entries = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${Object.keys(missing).length} packages of other systems added\n`);
}
