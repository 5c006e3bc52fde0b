import cluster from 'node:cluster';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnvironment, env } from '@/lib/env';
import { superviseChild, type SupervisedChild } from './child';

const READY_TIMEOUT_MS = 60_000;

/** Variables of the processes `belay start` looks after. */
export function environmentOfChildren(databaseUrl: string): NodeJS.ProcessEnv {
  const { home, port, url } = env();
  return childEnvironment({
    BELAY_HOME: home,
    BELAY_URL: url,
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: url,
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
    PORT: String(port),
  });
}

/**
 * Starts console processes that share the port: this process takes the connections and hands them round. They know nothing of each
 * other; PostgreSQL is all they have in common. Their chatter goes to a log, their errors to the terminal.
 */
export function startConsoles(
  variables: NodeJS.ProcessEnv,
  onNotice: (sentence: string) => void,
): SupervisedChild[] {
  const { home, processes } = env();
  mkdirSync(join(home, 'logs'), { recursive: true });
  const log = openSync(join(home, 'logs', 'console.log'), 'a', 0o600);
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./console-server.mjs', import.meta.url)),
    execArgv: [],
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  return Array.from({ length: processes }, (_, index) =>
    superviseChild({
      name: `Console process ${index + 1}`,
      launch: () => cluster.fork(variables).process,
      onNotice,
    }),
  );
}

/** Waits until the console answers anything at all. */
export async function waitForConsole(port: number, isEnding: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline && !isEnding()) {
    try {
      const signal = AbortSignal.timeout(10_000);
      await fetch(`http://127.0.0.1:${port}/sign-in`, { redirect: 'manual', signal });
      return;
    } catch {
      await sleep(50);
    }
  }
  if (!isEnding()) throw new Error('The console did not start; its log is in BELAY_HOME/logs.');
}
