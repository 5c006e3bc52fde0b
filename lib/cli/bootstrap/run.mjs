import { spawn } from 'node:child_process';

/**
 * Runs a program to its end. What it says goes to standard error: standard output belongs to the
 * command that comes after, such as `belay key create`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number }} [options]
 * @returns {Promise<boolean>} whether it ended well
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['inherit', process.stderr, process.stderr],
      env: { ...process.env, ...options.env },
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
