import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { sql, withTransaction } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { childEnvironment } from '@/lib/env';
import { makeWorkspace } from '@/lib/services/testing/fixture';

const run = (command: string) =>
  promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], { env: childEnvironment() });
const NOTE = { kind: 'test.note', actor: 'system', subject: 'workspace:w', body: {} };
const VERIFY = `"${process.execPath}" --import tsx lib/cli/main.ts verify`;

it('checks every ledger to its end, without a word, when nobody reads what it says', async () => {
  const { slug } = await makeWorkspace();
  expect((await run(`${VERIFY} --workspace ${slug}`)).stdout).toContain(`${slug}: whole`);
  // The reader is gone before the first line is written.
  expect(await run(`${VERIFY} | true`)).toEqual({ stdout: '', stderr: '' });
}, 60_000);

it('says where a ledger is broken, then every other difference, and fails', async () => {
  const { id, slug } = await makeWorkspace();
  for (let n = 0; n < 25; n += 1)
    await withTransaction((run) => appendLedger(run, id, [NOTE], [], Date.now()));
  const lines = async () => {
    const failed: unknown = await run(`${VERIFY} --workspace ${slug}`).catch(
      (error: unknown) => error,
    );
    const { code, stdout } = failed as { code: number; stdout: string };
    expect(code).toBe(1);
    return stdout.split('\n').filter((line) => line.startsWith(`${slug}: `));
  };
  await sql(`UPDATE ledger_entries SET actor = 'x' WHERE workspace_id = $1 AND seq = 4`, [id]);
  const first = `${slug}: BROKEN at entry 4: The searchable actor of entry 4 is not what its bytes say.; 3 entries before it are whole`;
  expect(await lines()).toEqual([first]);
  await sql(`UPDATE ledger_entries SET actor = 'x' WHERE workspace_id = $1 AND seq > 4`, [id]);
  const [head, ...others] = await lines();
  expect(head).toBe(first);
  expect(others).toHaveLength(20);
  expect(others[0]).toBe(
    `${slug}: also at entry 5: The searchable actor of entry 5 is not what its bytes say.`,
  );
  expect(others[19]).toBe(`${slug}: and 3 more after these 20`);
}, 60_000);
