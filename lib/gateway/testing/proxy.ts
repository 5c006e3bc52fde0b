/** Between a gateway and Belay: notes what is asked, and answers in Belay's place where a test wants it to be away. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly url: string;
  /** Paths that were asked, each as `METHOD /path` with ids left out. */
  readonly asked: string[];
  /** Requests to these paths are answered 503, as by a Belay whose database is away. */
  readonly away: Set<string>;
  readonly close: () => void;
}

const named = ({ method = '', url = '' }: IncomingMessage): string =>
  `${method} ${url.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')}`;

export async function startProxy(target: string): Promise<Proxy> {
  const asked: string[] = [];
  const away = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const name = named(incoming);
    asked.push(name);
    if (away.has(name))
      return void incoming.resume().on('end', () => outgoing.writeHead(503).end());
    const { method, headers, url } = incoming;
    const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0);
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    away,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
