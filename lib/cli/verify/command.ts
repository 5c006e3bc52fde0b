import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { childEnvironment } from '@/lib/env';

const require = createRequire(import.meta.url);

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
  const [scopeOrName = '', second = ''] = bin.split('/');
  const name = scopeOrName.startsWith('@') ? `${scopeOrName}/${second}` : scopeOrName;
  const script = join(packageDirectory(name), bin.slice(name.length + 1));
  const child = spawn(process.execPath, [script, ...args], {
    stdio: 'inherit',
    env: childEnvironment(variables),
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

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
