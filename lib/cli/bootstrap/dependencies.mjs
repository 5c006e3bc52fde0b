import { readFileSync } from 'node:fs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether what is installed is what the lock file says. npm writes its own record as the last
 * step of an installation, so half an installation has none. Packages for other systems are
 * missing from it.
 *
 * @param {string} root
 */
export function areDependenciesInstalled(root) {
  const locked = readPackages(`${root}/package-lock.json`) ?? {};
  const installed = readPackages(`${root}/node_modules/.package-lock.json`);
  if (installed === undefined) return false;
  return Object.entries(locked).every(([path, { version, optional }]) => {
    const found = installed[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

/**
 * Installs what package-lock.json names, if it is not there yet.
 *
 * @param {string} root
 */
export async function installDependencies(root) {
  if (areDependenciesInstalled(root)) return;
  say('installing packages (once; later starts skip this)');
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  if (await run('npm', ['ci', ...flags, '--prefer-offline', '--loglevel=error'])) return;
  throw new Error('The packages could not be installed; npm says why above.');
}
