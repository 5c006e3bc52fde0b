import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { getHealth } from '@/lib/http/console/health';
import { choosePort } from './port';

const servers: ReturnType<typeof createServer>[] = [];
async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  for (const server of servers.splice(0))
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
});

describe('the port of the console', () => {
  it('is the wanted one, or any for 0', async () => {
    const free = await choosePort(0, '/home');
    expect(free).toBeGreaterThan(0);
    expect(await choosePort(free, '/home')).toBe(free);
  });

  it('says of another program only which port to take', async () => {
    const port = await listen((_, response) => response.end('hello'));
    await expect(choosePort(port, '/home')).rejects.toThrow(
      `Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`,
    );
  });

  it('says of another Belay what a second one needs', async () => {
    const port = await listen((request, response) => {
      const asked = new Request(`http://127.0.0.1${request.url}`);
      void getHealth(asked, { params: Promise.resolve({}) }).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text());
      });
    });
    await expect(choosePort(port, '/home')).rejects.toThrow(
      `BELAY_HOME=/home PORT=${port + 1} npm start`,
    );
  });
});
