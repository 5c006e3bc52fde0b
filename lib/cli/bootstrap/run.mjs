import { spawn } from 'node:child_process';

/**
 * Runs a program to its end. What it says goes to standard error: standard output belongs to the
 * command that comes after, such as `belay key create`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number, quiet?: boolean }} [options] quiet keeps what
 *   it says until it is known to have failed
 * @returns {Promise<boolean>} whether it ended well
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const output = options.quiet === true ? 'pipe' : process.stderr;
    const child = spawn(command, [...args], {
      stdio: ['inherit', output, output],
      env: { ...process.env, ...options.env },
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    /** @type {Buffer[]} */
    const kept = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => kept.push(chunk));
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(kept));
      resolve(code === 0);
    });
  });
}
