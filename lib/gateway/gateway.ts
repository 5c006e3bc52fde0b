/** A gateway: MCP servers behind it, agents before it, and Belay asked in between. */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Server, Transport } from '@modelcontextprotocol/server';
import { BelayApi } from './belay/api';
import { Watch } from './belay/watch';
import { OpenCalls } from './calls/open-calls';
import { Outbox } from './calls/outbox';
import { Sessions } from './calls/sessions';
import { ToolCalls } from './calls/tool-calls';
import type { GatewayConfig, HttpServing } from './config/schema';
import { Callers } from './serve/callers';
import { serveHttp, type Said, type ServerFor } from './serve/http';
import { mcpServer } from './serve/mcp-server';
import { Servers } from './tools/servers';

const MOST_STDIO_SESSIONS = 1_000;
/** A client's user gets this long to see the page of an approval. */
const ROUND_MS = 600_000;
/** How long the end waits for Belay to hear of it. */
const TELL_MS = 1_500;

export interface GatewayOptions {
  readonly config: GatewayConfig;
  /** The API key of the role gateway. */
  readonly key: string;
  /** The folder in which outcomes that Belay does not have yet outlive the gateway; they do not when absent. */
  readonly state?: string;
  /** Where sentences for the operator go; never standard output, which belongs to the protocol. */
  readonly say: (sentence: string) => void;
  /** Instead of standard input and output, for one agent. */
  readonly transport?: Transport;
}

export interface Gateway {
  /** Where agents connect; undefined on standard input and output. */
  readonly url: string | undefined;
  /** Ends calls, clients and servers. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** What serves clients, of one kind or the other. */
interface Served extends Gateway {
  readonly toolsChanged: () => void;
}

/**
 * Starts a gateway. It serves at once, also while Belay or a server is away: then nothing is allowed, or offered.
 *
 * @throws Error with a sentence when its folder cannot be written to; what listening throws
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, key } = options;
  const onTrouble = sayOnce(options.say);
  const api = new BelayApi({ url: config.belay.url, key });
  const outbox = new Outbox(api, { folder: options.state, onTrouble });
  const watch = new Watch(api);
  const open = new OpenCalls(api, watch, config.lostContactSeconds * 1000);
  const servers = new Servers(api, watch, config, onTrouble);
  const calls = new ToolCalls({ api, watch, catalogue: servers.catalogue, open, config });
  const sessions = new Sessions({ api, outbox, purpose: config.session.purpose }, roomOf(config));
  const serverFor = serversFor(config, sessions, { catalogue: servers.catalogue, calls });
  watch.listen((events) => {
    // Belay can be reached again, or for the first time.
    if (events === undefined) void outbox.again();
  });
  watch.start();
  servers.refresh();
  const served =
    'http' in config.serve
      ? await serveAgents(config.serve.http, { api, serverFor, sessions, onTrouble })
      : serveAgent(config.serve.stdio.agent, serverFor, options.transport);
  servers.onChanged = served.toolsChanged;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    open.stop();
    // What Belay cannot be told now ends there by itself.
    const told = Promise.race([sessions.abandon(), rest(TELL_MS)]);
    await Promise.all([told, served.close(), servers.close()]);
    watch.stop();
    outbox.close();
  };
  return { url: served.url, close: () => (closing ??= close()) };
}

const roomOf = ({ serve }: GatewayConfig): ConstructorParameters<typeof Sessions>[1] =>
  'http' in serve
    ? { most: serve.http.maxSessions, shared: true }
    : { most: MOST_STDIO_SESSIONS, shared: false };

function serversFor(
  config: GatewayConfig,
  sessions: Sessions,
  parts: Pick<Parameters<typeof mcpServer>[0], 'catalogue' | 'calls'>,
): ServerFor {
  const { requestFromClient, request } = config.session;
  return (agent, client, said) =>
    mcpServer({
      ...parts,
      roundMs: ROUND_MS,
      sessionOf: (inMessage) =>
        sessions.of(
          {
            agent,
            client: inMessage.session ?? said.session ?? client,
            request:
              (requestFromClient ? (inMessage.request ?? said.request) : undefined) ?? request,
          },
          client,
        ),
    });
}

async function serveAgents(
  serving: HttpServing,
  parts: {
    api: BelayApi;
    serverFor: ServerFor;
    sessions: Sessions;
    onTrouble: (sentence: string) => void;
  },
): Promise<Served> {
  const { api, serverFor, sessions, onTrouble } = parts;
  let workspace: string | undefined;
  const own = async () => (workspace ??= (await api.whoCalls()).workspace);
  const callers = new Callers(api, own, serving.agent);
  const run = crypto.randomUUID();
  const server = await serveHttp({
    serving,
    callers,
    serverFor: (agent, client, said) => serverFor(agent, `${run} ${client}`, said),
    onGone: (client) => void sessions.abandon(`${run} ${client}`),
    onTrouble,
  });
  const host = serving.host.includes(':') ? `[${serving.host}]` : serving.host;
  return { ...server, url: `http://${host}:${server.port}/mcp` };
}

const NOTHING: Said = { request: undefined, session: undefined };

function serveAgent(agent: string, serverFor: ServerFor, transport: Transport | undefined): Served {
  const client = crypto.randomUUID();
  const servers = new Set<Server>();
  const handle = serveStdio(
    () => {
      const server = serverFor(agent, client, NOTHING);
      servers.add(server);
      server.onclose = () => servers.delete(server);
      return server;
    },
    transport === undefined ? {} : { transport },
  );
  const toolsChanged = () => {
    for (const server of servers) void server.sendToolListChanged().catch(() => undefined);
  };
  return { url: undefined, toolsChanged, close: () => handle.close() };
}

/** The same trouble is said once until another one is. */
function sayOnce(say: (sentence: string) => void): (sentence: string) => void {
  let last = '';
  return (text) => {
    if (text !== last) say(text);
    last = text;
  };
}

const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
