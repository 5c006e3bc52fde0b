import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closePool, closePrisma } from '@/lib/db';
import { startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import { changeEnvironment, env } from '@/lib/env';
import { readSecret } from '@/lib/env/secret';
import { firstDayOf, furnishedAt } from '@/lib/demo/timeline';
import { firstRun } from '@/lib/services/setup/first-run';
import { nodeProcess, superviseChild } from './child';
import { environmentOfChildren, startConsoles, waitForConsole } from './console';
import { choosePort, startConsoleAgain } from './port';
import { onEndRequest, Shutdown } from './shutdown';
import { summaryText } from './summary';

const SIMULATOR = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));

const say = (sentence: string): void => console.log(sentence);

/** `belay start`: PostgreSQL, migrations, first run, console, demo fleet; ends when asked to. */
export async function start(): Promise<void> {
  const shutdown = new Shutdown();
  const end = (code: number) => {
    if (!shutdown.started && code === 0) say('Stopping.');
    void shutdown.run().then(() => process.exit(code));
  };
  onEndRequest(env().startedByNpm, () => end(0));
  try {
    await startAll(shutdown, (error) => {
      console.error(error.message);
      end(1);
    });
  } catch (error) {
    if (shutdown.started) return;
    await shutdown.run();
    throw error;
  }
}

async function startAll(shutdown: Shutdown, onFailure: (error: Error) => void): Promise<void> {
  const externalDatabase = env().databaseUrl !== undefined;
  const databaseUrl = await openDatabase(shutdown, onFailure);
  const port = await choosePort(env().port, startConsoleAgain(env().home));
  changeEnvironment({ PORT: String(port) });
  await migrate(databaseUrl);
  readSecret();
  const { demo, home, url } = env();
  const now = new Date();
  const { admin } = await firstRun({
    ...(demo && { demo: furnishedAt(firstDayOf(now.getTime())) }),
    now,
  });
  await closePool();
  await closePrisma();
  if (shutdown.started) return;

  const variables = environmentOfChildren(databaseUrl);
  const consoles = startConsoles(variables, say);
  shutdown.add(async () => {
    await Promise.all(consoles.map(({ stop }) => stop()));
  });
  await waitForConsole(port, () => shutdown.started);
  if (shutdown.started) return;
  if (demo) startSimulator(shutdown, variables);
  const consolePids = consoles.flatMap(({ pid }) => pid() ?? []);
  say(summaryText({ url, home, admin, externalDatabase }));
  process.send?.({ type: 'ready', url, databaseUrl, admin, consolePids });
}

async function openDatabase(
  shutdown: Shutdown,
  onFailure: (error: Error) => void,
): Promise<string> {
  const { databaseUrl, home } = env();
  if (databaseUrl !== undefined) return databaseUrl;
  const server = await startEmbedded({ home, onNotice: say, onFailure });
  shutdown.add(server.stop);
  changeEnvironment({ DATABASE_URL: server.url });
  return server.url;
}

/** The demo fleet ends by itself, with code 0, where its workspace was removed. */
function startSimulator(shutdown: Shutdown, variables: NodeJS.ProcessEnv): void {
  if (!existsSync(SIMULATOR)) return;
  const simulator = superviseChild({
    name: 'The demo fleet',
    launch: nodeProcess(['--import', 'tsx', SIMULATOR], variables),
    onNotice: say,
  });
  shutdown.add(simulator.stop);
}
