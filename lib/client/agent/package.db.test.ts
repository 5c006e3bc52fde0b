/** The package as others get it: packed, installed in an empty folder, compiled against, and run against a real Belay. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packClient } from '@/lib/cli/client/pack';
import { childEnvironment } from '@/lib/env';
import { raisePlane, setStage, type AgentStage } from '@/lib/http/testing/agent-stage';

const run = promisify(execFile);
const PROGRAM = `
import { Belay, explain, type Guarded } from '@belay/client';
import { requireTrust, verifyPermit } from '@belay/client/verify';

const [url = '', agentId = '', key = '{}'] = process.argv.slice(2);
const belay = new Belay({ url, agentId, privateKey: JSON.parse(key) });
const session = await belay.session({ request: 'Write a note' });
const write = session.guard('note.write', ({ text }: { text: string }) => text.length, {
  resource: { type: 'note', id: 'n-1' },
});
const result: Guarded<number> = await write({ text: 'hello' });
console.log(result.state === 'ran' ? 'ran ' + result.value.toFixed(0) : explain(result));
console.log(typeof requireTrust, typeof verifyPermit, (await belay.close()).length);
`;
/** What a stranger's compiler looks at: also the declarations of the package. */
const COMPILER = {
  target: 'ES2022',
  module: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
};

let folder: string;
let plane: Awaited<ReturnType<typeof raisePlane>>;
let stage: AgentStage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'belay-installs-'));
  plane = await raisePlane();
  stage = await setStage(plane.url);
}, 60_000);
afterAll(async () => {
  await plane.close();
  rmSync(folder, { recursive: true, force: true });
});

it('is installed, compiles, and guards a function', async () => {
  const tarball = await packClient(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    env: childEnvironment({}),
  });
  const installed = readdirSync(join(folder, 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  );
  expect(installed).toEqual(['@belay', 'canonicalize', 'jose']);
  const files = readdirSync(join(folder, 'node_modules/@belay/client'), { recursive: true }).map(
    String,
  );
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts']));
  expect(files.filter((name) => /\.test\.|\.tgz|tsconfig/.test(name))).toEqual([]);

  writeFileSync(
    join(folder, 'program.ts'),
    `declare const process: { argv: string[] };\n${PROGRAM}`,
  );
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER }));
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder]);
  expect(readFileSync(join(folder, 'program.js'), 'utf8')).not.toContain('interface');

  const key = JSON.stringify(stage.privateKey);
  const { stdout } = await run(process.execPath, ['program.js', plane.url, stage.agentId, key], {
    cwd: folder,
  });
  expect(stdout).toBe('ran 5\nfunction function 0\n');
  expect(await stage.recorded()).toMatchObject([{ tool: 'note.write', status: 'succeeded' }]);
}, 300_000);
