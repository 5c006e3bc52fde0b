/** Files of journals: each gateway has its own, named by its host and process, and takes those of gateways that have gone. */
import { lstatSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

/** A file that nobody has touched for so long belongs to nobody, whatever became of its process. */
const STALE_MS = 20_000;
const END = '.jsonl';
/** What a gateway calls its files; whatever else lies in the folder is somebody else's. */
const NAME = /^[A-Za-z0-9._-]+~\d+~[0-9a-f-]{36}\.jsonl$/;

const HOST = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '_');
/** Files that this process is at work on. */
const OWN = new Set<string>();

function newPath(folder: string): string {
  const path = join(folder, `${HOST}~${process.pid}~${crypto.randomUUID()}${END}`);
  OWN.add(path);
  return path;
}

/** A new file for this user alone. */
export function openFile(folder: string): [path: string, file: number] {
  const path = newPath(folder);
  return [path, openSync(path, 'ax', 0o600)];
}

export function removeFile(path: string): void {
  rmSync(path, { force: true });
  OWN.delete(path);
}

/** It stays, for another gateway to take. */
export function leaveFile(path: string): void {
  OWN.delete(path);
}

/** Files whose gateways have gone. */
export function leftBehind(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map((name) => join(folder, name))
    .filter(isLeft);
}

/** @returns its new name, and what stands in it; undefined when another gateway was first, or it cannot be read */
export function takeFile(
  folder: string,
  path: string,
): { readonly path: string; readonly text: string } | undefined {
  const taken = newPath(folder);
  try {
    // One that cannot be read keeps its name, for a gateway of the user that it belongs to.
    readFileSync(path);
    renameSync(path, taken);
    return { path: taken, text: readFileSync(taken, 'utf8') };
  } catch {
    OWN.delete(taken);
    return undefined;
  }
}

/** Nobody writes to it any more: its process has gone, or has not touched it for long. */
function isLeft(path: string): boolean {
  if (OWN.has(path)) return false;
  const [host, pid] = basename(path).split('~');
  try {
    const stands = lstatSync(path);
    if (!stands.isFile()) return false;
    if (Date.now() - stands.mtimeMs > STALE_MS) return true;
    return host === HOST && !isAlive(Number(pid));
  } catch {
    return false;
  }
}

/** A process with the number of this one was an earlier one: in a container all have the same. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
