import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { childEnvironment } from '@/lib/env';

const require = createRequire(import.meta.url);

/** How a tool ended, and what it said until then. */
export interface Heard {
  readonly endedWell: boolean;
  /** Both streams, in the order they came. */
  readonly said: string;
}

/**
 * Runs a tool of node_modules to its end, with our terminal.
 *
 * @param bin path of its script below the package, such as "eslint/bin/eslint.js"
 * @returns whether it ended well
 */
export async function runTool(
  bin: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  return endOf(spawnTool(bin, args, { stdio: 'inherit', variables }));
}

/** The same for a tool that runs beside others: what it says is kept, so that they do not talk at once. */
export async function hearTool(bin: string, args: readonly string[]): Promise<Heard> {
  const child = spawnTool(bin, args, { stdio: ['ignore', 'pipe', 'pipe'], variables: {} });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return { endedWell: await endOf(child), said };
}

function spawnTool(
  bin: string,
  args: readonly string[],
  { stdio, variables }: { stdio: StdioOptions; variables: Readonly<Record<string, string>> },
): ChildProcess {
  const [scopeOrName = '', second = ''] = bin.split('/');
  const name = scopeOrName.startsWith('@') ? `${scopeOrName}/${second}` : scopeOrName;
  const script = join(packageDirectory(name), bin.slice(name.length + 1));
  return spawn(process.execPath, [script, ...args], { stdio, env: childEnvironment(variables) });
}

/** Whether it ended with code 0; every word of it was heard by then. */
const endOf = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });

/** Not every package lets its package.json be resolved; every one has a folder. */
function packageDirectory(name: string): string {
  const folder = (require.resolve.paths(name) ?? []).find((path) => {
    try {
      require.resolve(join(path, name, 'package.json'));
      return true;
    } catch {
      return false;
    }
  });
  if (folder === undefined) throw new Error(`The package ${name} is not installed.`);
  return dirname(join(folder, name, 'package.json'));
}
