import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range the system takes outgoing connections from, so that ours stays free for us.
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** Whether 127.0.0.1 has nothing listening on `port`. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free port of 127.0.0.1, chosen at random. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST_PORT} and ${LAST_PORT} was found.`);
}
