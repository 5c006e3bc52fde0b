import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { childEnvironment } from '@/lib/env';
import { makeWorkspace } from '@/lib/services/testing/fixture';

const VERIFY = `"${process.execPath}" --import tsx lib/cli/main.ts verify`;

it('checks every ledger to its end, without a word, when nobody reads what it says', async () => {
  const { slug } = await makeWorkspace();
  const run = (command: string) =>
    promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], { env: childEnvironment() });
  expect((await run(`${VERIFY} --workspace ${slug}`)).stdout).toContain(`${slug}: whole`);
  // The reader is gone before the first line is written.
  expect(await run(`${VERIFY} | true`)).toEqual({ stdout: '', stderr: '' });
}, 60_000);
