import { findFreePort, isPortFree } from '@/lib/db/embedded/ports';

const ANSWER_TIMEOUT_MS = 2_000;

/**
 * The port to listen on: the wanted one, which must be free, or any for 0.
 *
 * @param home BELAY_HOME, which the refusal repeats for somebody who starts a second Belay
 * @throws Error that says what to type instead
 */
export async function choosePort(wanted: number, home: string): Promise<number> {
  if (wanted === 0) return findFreePort();
  if (await isPortFree(wanted, '0.0.0.0')) return wanted;
  const other = `PORT=${wanted + 1} npm start`;
  throw new Error(
    (await isBelay(wanted))
      ? `Another Belay runs on port ${wanted}. Beside it: BELAY_HOME=${home} ${other}, and the same two before every belay command.`
      : `Port ${wanted} is taken by another program. Choose another: ${other}`,
  );
}

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
