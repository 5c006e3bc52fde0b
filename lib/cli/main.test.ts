import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { childEnvironment } from '@/lib/env';

const folder = mkdtempSync(join(tmpdir(), 'belay-pipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BELAY = `"${process.execPath}" --import tsx lib/cli/main.ts`;
const run = (command: string) =>
  promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], { env: childEnvironment() });

/** A recording without a session asks nobody, and is summed up all the same. */
function replay(name: string): { command: string; json: string } {
  const sessions = join(folder, `${name}.jsonl`);
  const json = join(folder, `${name}.json`);
  writeFileSync(sessions, '');
  writeFileSync(join(folder, 'tools.json'), '[]');
  const options = `--url http://localhost:9 --key none --json ${json}`;
  return { command: `${BELAY} replay ${sessions} ${options}`, json };
}

it('a command whose reader has gone comes to its end without a word, with its own exit code', async () => {
  const read = replay('read');
  expect((await run(read.command)).stdout).toContain('decisions');
  const left = replay('left');
  expect(await run(`${left.command} | true`)).toEqual({ stdout: '', stderr: '' });
  expect(existsSync(left.json)).toBe(true);
}, 60_000);

it('what went wrong still shows in the exit code when nobody reads why', async () => {
  const failed = run(
    `${BELAY} replay ${join(folder, 'none')} --url http://localhost:9 --key k 2>&1 | true`,
  );
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: '' });
}, 60_000);
