import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { getHealth } from '@/lib/http/console/health';
import { choosePort, START_PLANE_AGAIN, startConsoleAgain } from './port';

const servers: ReturnType<typeof createServer>[] = [];
async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return (server.address() as AddressInfo).port;
}

/** The health of a Belay, as consoles and planes tell it. */
const answerAsBelay: RequestListener = (request, response) => {
  const asked = new Request(`http://127.0.0.1${request.url}`);
  void getHealth(asked, { params: Promise.resolve({}) }).then(async (answer) => {
    response.writeHead(answer.status).end(await answer.text());
  });
};

const CONSOLE = startConsoleAgain('/home');

afterEach(async () => {
  for (const server of servers.splice(0))
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
});

describe('the port of the console', () => {
  it('is the wanted one, or any for 0', async () => {
    const free = await choosePort(0, CONSOLE);
    expect(free).toBeGreaterThan(0);
    expect(await choosePort(free, CONSOLE)).toBe(free);
  });

  it('says of another program only which port to take', async () => {
    const port = await listen((_, response) => response.end('hello'));
    await expect(choosePort(port, CONSOLE)).rejects.toThrow(
      `Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`,
    );
  });

  it('says of another Belay what a second one needs', async () => {
    const port = await listen(answerAsBelay);
    await expect(choosePort(port, CONSOLE)).rejects.toThrow(
      `BELAY_HOME=/home PORT=${port + 1} npm start`,
    );
  });

  it('says to a second plane how planes are started', async () => {
    const [belay, other] = [
      await listen(answerAsBelay),
      await listen((_, response) => response.end('hello')),
    ];
    for (const port of [belay, other])
      await expect(choosePort(port, START_PLANE_AGAIN)).rejects.toThrow(
        new RegExp(`port ${port}\\b.*: npm run --silent belay -- plane --port ${port + 1}$`, 'i'),
      );
  });
});
