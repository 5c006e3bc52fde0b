import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { OsUser } from './os-user';

/** Where root keeps what the account of PostgreSQL could not reach inside root's own folders. */
const SHARED_ROOT = '/var/lib/belay';

/** Makes `home` if needed. As root, the account of PostgreSQL must be able to pass through it. */
export function ensureHome(home: string, user: OsUser): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined) chmodSync(home, 0o711);
}

/**
 * The data directory of a home: `<home>/postgres`. Where root works in a place that the account of
 * PostgreSQL cannot enter (such as /root), that is a link to a directory outside.
 */
export function dataDirectory(home: string, user: OsUser): string {
  const own = join(home, 'postgres');
  const outside = linkTarget(own);
  if (outside !== undefined) return outside;
  if (existsSync(own) || canEnter(home, user)) return own;
  const made = join(SHARED_ROOT, randomBytes(8).toString('hex'), 'postgres');
  mkdirSync(dirname(made), { recursive: true, mode: 0o755 });
  symlinkSync(made, own);
  return made;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * A copy of the binaries that the account of PostgreSQL can run; the original if it can already.
 *
 * @param version part of the copy's name, so that an upgrade makes a new one
 */
export function reachableBinaries(native: string, version: string, user: OsUser): string {
  if (canEnter(native, user)) return native;
  const copy = join(SHARED_ROOT, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Whether every directory down to `path` lets `user` pass, by its mode bits. */
export function canEnter(path: string, user: OsUser): boolean {
  if (user.uid === undefined) return true;
  const parent = dirname(path);
  return letsPass(path, user) && (parent === path || canEnter(parent, user));
}

function letsPass(path: string, user: OsUser): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Gives a file or directory to the account of PostgreSQL. */
export function giveTo(path: string, user: OsUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}
