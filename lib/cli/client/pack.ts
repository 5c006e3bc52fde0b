/** The agents' client as a package: compiled, and packed with what npm shows of it. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '@/lib/env';

const run = promisify(execFile);
const SOURCE = 'lib/client/agent';

/**
 * Builds the package from its sources alone, in a folder of its own: nothing that an earlier build left gets into it.
 *
 * @param destination an existing folder
 * @returns where the tarball is
 * @throws Error with what the compiler says, when the sources do not compile
 */
export async function packClient(destination: string): Promise<string> {
  const stage = mkdtempSync(join(tmpdir(), 'belay-client-'));
  try {
    await compile(join(stage, 'dist'));
    for (const name of ['package.json', 'README.md'])
      copyFileSync(join(SOURCE, name), join(stage, name));
    copyFileSync('LICENSE', join(stage, 'LICENSE'));
    const { stdout } = await run(
      'npm',
      ['pack', stage, '--json', '--pack-destination', destination],
      { env: childEnvironment({}) },
    );
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (packed === undefined) throw new Error('npm packed nothing.');
    return join(destination, packed.filename);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

async function compile(outDir: string): Promise<void> {
  const compiler = 'node_modules/typescript/bin/tsc';
  await run(process.execPath, [compiler, '-p', SOURCE, '--outDir', outDir]).catch(
    (error: { stdout?: string }) => {
      throw new Error(`The client does not compile.\n${error.stdout ?? ''}`);
    },
  );
}
