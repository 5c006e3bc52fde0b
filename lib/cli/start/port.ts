import { findFreePort, isPortFree } from '@/lib/db/embedded/ports';

const ANSWER_TIMEOUT_MS = 2_000;

/** The command that would have worked, by the port it is given. */
interface StartAgain {
  readonly onPort: (port: number) => string;
  readonly besideBelay: (port: number) => string;
}

/**
 * The port to listen on: the wanted one, which must be free, or any for 0.
 *
 * @param again what to type instead: for a free port, and, unless the same will do, beside another Belay
 * @throws Error that says what to type instead
 */
export async function choosePort(wanted: number, again: StartAgain): Promise<number> {
  if (wanted === 0) return findFreePort();
  if (await isPortFree(wanted, '0.0.0.0')) return wanted;
  throw new Error(
    (await isBelay(wanted))
      ? `Another Belay runs on port ${wanted}. Beside it: ${again.besideBelay(wanted + 1)}`
      : `Port ${wanted} is taken by another program. Choose another: ${again.onPort(wanted + 1)}`,
  );
}

/** For the console: a second one needs a home of its own. @param home BELAY_HOME, which the advice repeats */
export function startConsoleAgain(home: string): StartAgain {
  const onPort = (port: number) => `PORT=${port} npm start`;
  const besideBelay = (port: number) =>
    `BELAY_HOME=${home} ${onPort(port)}, and the same two before every belay command.`;
  return { onPort, besideBelay };
}

const startPlane = (port: number): string => `npm run --silent belay -- plane --port ${port}`;
/** For a plane: any number of them work beside each other, on one home. */
export const START_PLANE_AGAIN: StartAgain = { onPort: startPlane, besideBelay: startPlane };

/** Whether the program on the port says of its health what a Belay says. */
async function isBelay(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(`http://127.0.0.1:${port}/api/health`, { signal });
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null && 'status' in answer
      ? answer.status === 'ok'
      : false;
  } catch {
    return false;
  }
}
