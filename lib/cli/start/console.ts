import { mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Starts the Next server. Its chatter goes to a log, its errors to the terminal. */
export function startConsole(
  variables: NodeJS.ProcessEnv,
  onNotice: (sentence: string) => void,
): SupervisedChild {
  const { home, port } = env();
  mkdirSync(join(home, 'logs'), { recursive: true });
  const log = openSync(join(home, 'logs', 'console.log'), 'a', 0o600);
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  return superviseChild({
    name: 'The console',
    args: [next, 'start', '--port', String(port)],
    env: variables,
    stdio: ['ignore', log, 'inherit', 'ipc'],
    onNotice,
  });
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
