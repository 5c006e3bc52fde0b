// Looks after PostgreSQL when nobody else can any more. The supervisor holds the other end of our
// standard input and writes the number of the PostgreSQL process it started, one a line. The pipe
// ends when the supervisor ends, however it ends: then PostgreSQL is told to shut down fast.
// Plain Node without imports of ours, so that it stays small and starts at once.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const dataDir = process.argv[2] ?? '';
let postmaster = 0;

/** Whether the number still names the PostgreSQL of our data directory (always, without /proc). */
function isOurs(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${dataDir}\0`);
  } catch (error) {
    return process.platform !== 'linux' && error.code === 'ENOENT';
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  postmaster = Number(line);
});
lines.on('close', () => {
  if (!Number.isInteger(postmaster) || postmaster <= 1 || !isOurs(postmaster)) return;
  try {
    process.kill(postmaster, 'SIGINT');
  } catch {
    // It ended between the look and the signal.
  }
});
