/** Many agents over streamable HTTP, both generations of the protocol at one address. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  isJsonContentType,
  isLegacyRequest,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
  type Server,
} from '@modelcontextprotocol/server';
import type { HttpServing } from '../config/schema';
import type { Callers } from './callers';
import { LegacySessions, problem } from './legacy-sessions';
import { readBody, sendResponse, webRequest } from './node-bridge';

const PATH = '/mcp';
const ARRIVE_MS = 20_000;
const MOST_CONNECTIONS = 4_096;
const CLOSE_MS = 500;

/** What the caller says of its session, besides what is in its messages. */
export interface Said {
  readonly request: string | undefined;
  readonly session: string | undefined;
}

/** A server for one client. @param client what tells its sessions apart */
export type ServerFor = (agent: string, client: string, said: Said) => Server;

export interface HttpOptions {
  readonly serving: HttpServing;
  readonly callers: Callers;
  readonly serverFor: ServerFor;
  /** A client's session has ended. */
  readonly onGone: (client: string) => void;
  readonly onTrouble: (sentence: string) => void;
}

export interface HttpServer {
  readonly port: number;
  readonly toolsChanged: () => void;
  readonly close: () => Promise<void>;
}

/** @throws what listening throws, for example `EADDRINUSE` */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { serving, serverFor } = options;
  const legacy = new LegacySessions({
    most: serving.maxSessions,
    idleMs: serving.sessionIdleSeconds * 1000,
    serverFor: (agent, id, request) => serverFor(agent, id, saidIn(request)),
    onEnded: options.onGone,
  });
  const modern = createMcpHandler(
    ({ authInfo, requestInfo }) => {
      const said = requestInfo === undefined ? NOTHING : saidIn(requestInfo);
      return serverFor(authInfo?.clientId ?? '', 'stateless', said);
    },
    { legacy: 'reject', maxSubscriptions: serving.maxSessions },
  );
  const server = createServer(
    { requestTimeout: ARRIVE_MS, headersTimeout: ARRIVE_MS / 2 },
    (request, response) => {
      answerOf(request, response, { options, legacy, modern })
        .then((answer) => sendResponse(response, answer))
        .catch((error: unknown) => {
          if (!request.destroyed)
            options.onTrouble(`A request could not be answered: ${String(error)}`);
          response.destroy();
        });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(serving.port, serving.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    toolsChanged: () => {
      legacy.toolsChanged();
      modern.notify.toolsChanged();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
      await Promise.all([legacy.close(), modern.close()]);
      await closed;
    },
  };
}

const NOTHING: Said = { request: undefined, session: undefined };

/** Headers hold no line breaks and only Latin letters: the trusted text comes percent-encoded. */
function saidIn(request: Request): Said {
  const encoded = request.headers.get('belay-request');
  return {
    request: encoded === null ? undefined : decoded(encoded),
    session: request.headers.get('belay-session') ?? undefined,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Serving {
  readonly options: HttpOptions;
  readonly legacy: LegacySessions;
  readonly modern: ReturnType<typeof createMcpHandler>;
}

async function answerOf(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { options, legacy, modern }: Serving,
): Promise<Response> {
  const { serving, callers } = options;
  const request = webRequest(incoming, outgoing);
  const foreign = refuseForeign(request, serving);
  if (foreign !== undefined) return foreign;
  if (new URL(request.url).pathname !== PATH)
    return problem(404, -32000, `The gateway is at ${PATH}.`);
  const { headers } = request;
  const who = await callers.identify(headers.get('authorization'), headers.get('belay-agent'));
  if ('status' in who)
    return problem(
      who.status,
      -32000,
      who.sentence,
      who.status === 401 ? { 'www-authenticate': 'Bearer' } : {},
    );
  if (incoming.method !== 'POST') return legacy.handle(who.agent, request, undefined);
  if (!isJsonContentType(headers.get('content-type')))
    return problem(415, -32000, 'Send application/json.');
  const text = await readBody(incoming, serving.maxBodyBytes);
  if (text === undefined) {
    // What was not read to its end would be taken for the next request.
    outgoing.setHeader('connection', 'close');
    return problem(413, -32000, `A message has at most ${serving.maxBodyBytes} bytes.`);
  }
  const body = jsonOf(text);
  if (body === undefined) return problem(400, -32700, 'The message is not JSON.');
  if (await isLegacyRequest(request, body)) return legacy.handle(who.agent, request, body);
  const authInfo = { token: '', clientId: who.agent, scopes: [] };
  return modern.fetch(request, { parsedBody: body, authInfo });
}

/** A page that a browser shows must not reach a gateway on its machine (DNS rebinding). */
function refuseForeign(request: Request, serving: HttpServing): Response | undefined {
  const hosts = [...localhostAllowedHostnames(), ...serving.allowedHosts];
  const origins = [...localhostAllowedOrigins(), ...serving.allowedOrigins];
  return hostHeaderValidationResponse(request, hosts) ?? originValidationResponse(request, origins);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
