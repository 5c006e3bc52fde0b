/** The lean server for agents: the handlers of `routes.ts` on plain `node:http`, without Next. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { FastResponse, NodeRequest, sendNodeResponse } from 'srvx/node';
import { DomainError, MAX_AGENT_BODY_BYTES } from '@/lib/contracts';
import { requestIdOf } from '@/lib/http/handler';
import { logError } from '@/lib/http/log';
import { problemResponse } from '@/lib/http/problem-response';
import { handOver } from '@/lib/http/read-body';
import { collectBody } from './collect-body';
import { routeOf } from './routes';

/** The largest body any of the routes takes; each has its own limit besides. */
const MAX_BODY_BYTES = MAX_AGENT_BODY_BYTES * 4;
/** A request has this long to arrive: whoever sends a byte now and then holds nothing up for longer. */
const ARRIVE_MS = 20_000;
const HEADERS_MS = 10_000;
/** Longer than proxies keep a connection, so that none of them sends into one that just closed. */
const KEEP_ALIVE_MS = 65_000;
/** How often slow requests are looked for. */
const CHECK_MS = 2_000;
/** How long running requests get at the end; waits and streams never end by themselves. */
const CLOSE_MS = 1_000;

/** Programs read these answers: nothing in them is a page. */
const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
];

export interface Plane {
  readonly port: number;
  /** Takes no more requests, lets those that run end, and closes. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the server on every address of this machine.
 *
 * @param port 0 takes any free one
 * @param arriveMs how long a request may take to arrive, in milliseconds
 * @throws what listening throws, for example `EADDRINUSE`
 */
export async function startPlane(port: number, arriveMs = ARRIVE_MS): Promise<Plane> {
  // Answers are made of text that is there: the lean class writes it without a stream around it.
  Object.assign(globalThis, { Response: FastResponse });
  const server = createServer(
    {
      requestTimeout: arriveMs,
      headersTimeout: Math.min(HEADERS_MS, arriveMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(CHECK_MS, arriveMs),
    },
    (request, response) => void serve(request, response),
  );
  server.listen(port);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
  await closed;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of HEADERS) response.setHeader(name, value);
  try {
    const answer = await answerOf(request, response);
    if (answer !== undefined) await sendNodeResponse(response, answer);
  } catch (error) {
    logError('an answer could not be sent', { error });
    response.destroy();
  }
}

/** @returns undefined when nobody waits for an answer any more */
async function answerOf(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Response | undefined> {
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  const method = request.method ?? 'GET';
  const found = routeOf(method, path);
  try {
    if (found.handler === undefined) throw refusal(response, found.methods, { method, path });
    const body = method === 'GET' ? '' : await collectBody(request, MAX_BODY_BYTES);
    if (body === undefined) return undefined;
    const asked = new NodeRequest({ req: request, res: response });
    handOver(asked, body);
    return await found.handler(asked, { params: Promise.resolve(found.params) });
  } catch (error) {
    // What was not read to its end would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    const [given = null] = [request.headers['x-request-id']].flat();
    return problemResponse(error, requestIdOf(given));
  }
}

function refusal(
  response: ServerResponse,
  methods: readonly string[],
  { method, path }: { method: string; path: string },
): DomainError {
  if (methods.length === 0)
    return new DomainError('not_found', 'unknown_path', `There is nothing at ${path}.`);
  response.setHeader('allow', methods.join(', '));
  return new DomainError(
    'method_not_allowed',
    'method_not_allowed',
    `${path} takes ${methods.join(' and ')}, not ${method}.`,
  );
}
