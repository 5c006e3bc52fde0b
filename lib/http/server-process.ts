/** The life of a server process beside its requests: its chores, and its end. */
import { closePool, closePrisma, isDatabaseUnavailable } from '@/lib/db';
import { startUpkeep } from '@/lib/services/upkeep/start';
import { logError } from './log';

/** How long connections get to close at the end. */
const CLOSE_MS = 1_000;

/** Starts the chores. That the database is away is told by whoever looks after it. */
export function runUpkeep(): void {
  startUpkeep((chore, error) => {
    if (!isDatabaseUnavailable(error)) logError('a chore failed', { chore, error });
  });
}

/**
 * Ends this process when the supervisor that started it (`belay start`) is gone, however it ended,
 * so that no console is left behind that nobody can stop.
 */
export function followSupervisor(): void {
  if (process.channel === undefined || process.channel === null) return;
  process.once('disconnect', () => void endProcess());
}

async function endProcess(): Promise<void> {
  await Promise.race([
    Promise.allSettled([closePool(), closePrisma()]),
    new Promise((resolve) => setTimeout(resolve, CLOSE_MS)),
  ]);
  process.exit(0);
}
