import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from './process-identity';

const holderSchema = z.object({ pid: z.number().int(), identity: z.string(), since: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Another Belay owns this home. */
class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';

  constructor(home: string, holder: Holder) {
    super(
      `Belay is already running on ${home} (process ${holder.pid}, since ${holder.since}). ` +
        'Stop it first, or set BELAY_HOME to another directory and PORT to another port.',
    );
  }
}

/**
 * Makes this process the one Belay of `home`. The lock names a process by number and start time,
 * so that a number used again after a crash does not count as a holder.
 *
 * @returns gives the lock back
 * @throws AlreadyRunning
 */
export function lockHome(home: string, pid: number = process.pid): () => void {
  const path = join(home, 'lock');
  const mine: Holder = {
    pid,
    identity: processIdentity(pid) ?? 'unknown',
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (claim(path, mine)) return () => release(path, mine);
    const holder = readHolder(path);
    if (holder === undefined) continue;
    if (processIdentity(holder.pid) === holder.identity) throw new AlreadyRunning(home, holder);
    removeStale(path, holder);
  }
  throw new Error(`The lock ${path} changes hands all the time; is another Belay starting?`);
}

/** link(2) fails if the lock exists, so exactly one of several starters gets it. */
function claim(path: string, mine: Holder): boolean {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // Power loss can leave an empty file: nobody holds what names nobody.
    return { pid: -1, identity: 'damaged', since: 'unknown' };
  }
}

/** Moves a dead holder's lock away; puts it back if it was a new holder's after all. */
function removeStale(path: string, dead: Holder): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved?.identity !== dead.identity) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, mine: Holder): void {
  const holder = readHolder(path);
  if (holder?.identity === mine.identity && holder.pid === mine.pid) rmSync(path, { force: true });
}
