/** `belay plane`: decides for agents on plain Node, beside the console, on the same PostgreSQL. */
import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { closePool, sql } from '@/lib/db';
import { runningDatabaseUrl } from '@/lib/db/embedded/connection';
import { migrate } from '@/lib/db/migrate';
import { changeEnvironment, childEnvironment, env } from '@/lib/env';
import { superviseChild } from '../start/child';
import { choosePort, START_PLANE_AGAIN } from '../start/port';
import { onEndRequest, Shutdown } from '../start/shutdown';

const PROCESS = fileURLToPath(new URL('./process.ts', import.meta.url));

/** A decision leaves little behind and much garbage: with more room for what is young, less of it is copied before it is dropped. */
const EXEC_ARGV = ['--max-semi-space-size=64', '--import', 'tsx'];

const say = (sentence: string): void => console.log(sentence);

/**
 * @param options from the command line: the port, 0 for any free one, and how many processes share it
 * @throws Error with a sentence that says what to do, when there is no database or no such port
 */
export async function planeCommand(options: { port: string; processes: string }): Promise<void> {
  const wanted = wholeNumber('--port', options.port, 0, 65_535);
  const processes = wholeNumber('--processes', options.processes, 1, 64);
  const shutdown = new Shutdown();
  onEndRequest(env().startedByNpm, () => void shutdown.run().then(() => process.exit(0)));
  const databaseUrl = await findDatabase();
  const port = await choosePort(wanted, START_PLANE_AGAIN);
  const url = env().planeUrl ?? `http://localhost:${port}`;
  changeEnvironment({ DATABASE_URL: databaseUrl, BELAY_PLANE_URL: url, BELAY_IS_PLANE: '1' });
  shutdown.add(await startProcesses(processes, port));
  if (shutdown.started) return;
  say(`Belay decides at ${url}${processes === 1 ? '' : `, in ${processes} processes`}.`);
  say(`Tokens are those of ${env().url}. Ctrl-C stops it.`);
  process.send?.({ type: 'ready', url });
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${value}".`);
}

/** The customer's PostgreSQL, brought to this program's schema, or that of the Belay that runs on this home. */
async function findDatabase(): Promise<string> {
  const { databaseUrl, home } = env();
  if (databaseUrl !== undefined) {
    await migrate(databaseUrl);
    return databaseUrl;
  }
  const running = runningDatabaseUrl(home);
  if (running !== undefined && (await answers())) return running;
  throw new Error(
    `No Belay runs on ${home}. Start one there with "npm start", or name a PostgreSQL in DATABASE_URL.`,
  );
}

async function answers(): Promise<boolean> {
  try {
    await sql('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await closePool();
  }
}

/** Processes that share the port. @returns ends them, once all of them listen */
async function startProcesses(count: number, port: number): Promise<() => Promise<void>> {
  cluster.setupPrimary({ exec: PROCESS, execArgv: EXEC_ARGV, args: [String(port)] });
  const variables = childEnvironment();
  let listening = 0;
  const ready = new Promise<void>((resolve) => {
    cluster.on('listening', () => {
      listening += 1;
      if (listening === count) resolve();
    });
  });
  const children = Array.from({ length: count }, (_, index) =>
    superviseChild({
      name: `Plane process ${index + 1}`,
      launch: () => cluster.fork({ ...variables }).process,
      onNotice: say,
    }),
  );
  await ready;
  return async () => {
    await Promise.all(children.map(({ stop }) => stop()));
  };
}
