/** Sessions of clients that speak the protocol up to 2025-11-25: each belongs to the agent that opened it, and to nobody else. */
import { randomUUID } from 'node:crypto';
import {
  isInitializeRequest,
  WebStandardStreamableHTTPServerTransport,
  type Server,
} from '@modelcontextprotocol/server';

interface LegacySession {
  readonly agent: string;
  readonly server: Server;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  usedAt: number;
  /** Requests that are being answered, streams among them. */
  active: number;
}

const LOOK_MS = 5_000;

export class LegacySessions {
  readonly #sessions = new Map<string, LegacySession>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly options: {
      readonly most: number;
      readonly idleMs: number;
      readonly onEnded: (sessionId: string) => void;
      readonly serverFor: (agent: string, sessionId: string, request: Request) => Server;
    },
  ) {
    this.#timer = setInterval(() => this.#endIdle(), LOOK_MS);
  }

  /** @param body what the client sent, parsed; undefined without one */
  async handle(agent: string, request: Request, body: unknown): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    if (id === null && isInitializeRequest(body)) return this.#open(agent, request, body);
    const session = id === null ? undefined : this.#sessions.get(id);
    // Another agent's session is no session.
    if (session?.agent !== agent)
      return id === null
        ? problem(
            400,
            -32000,
            'Begin with "initialize", then send the Mcp-Session-Id it gives you.',
          )
        : problem(404, -32001, 'There is no such session.');
    session.usedAt = Date.now();
    session.active += 1;
    try {
      return await session.transport.handleRequest(request, { parsedBody: body });
    } finally {
      session.active -= 1;
      session.usedAt = Date.now();
    }
  }

  toolsChanged(): void {
    for (const { server } of this.#sessions.values())
      void server.sendToolListChanged().catch(() => undefined);
  }

  get size(): number {
    return this.#sessions.size;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#sessions.keys()].map((id) => this.#end(id)));
  }

  async #open(agent: string, request: Request, body: unknown): Promise<Response> {
    if (this.#sessions.size >= this.options.most) this.#endIdle(true);
    if (this.#sessions.size >= this.options.most)
      return problem(503, -32000, 'The gateway has as many sessions as it may have.');
    const id = randomUUID();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: (closed) => void this.#end(closed),
    });
    const server = this.options.serverFor(agent, id, request);
    await server.connect(transport);
    this.#sessions.set(id, { agent, server, transport, usedAt: Date.now(), active: 0 });
    return transport.handleRequest(request, { parsedBody: body });
  }

  /** @param one ends the one that was idle for longest, however short that was */
  #endIdle(one = false): void {
    const idle = [...this.#sessions]
      .filter(([, session]) => session.active === 0)
      .toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
    const over = one
      ? idle.slice(0, 1)
      : idle.filter(([, { usedAt }]) => Date.now() - usedAt > this.options.idleMs);
    for (const [id] of over) void this.#end(id);
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    await session.server.close().catch(() => undefined);
    this.options.onEnded(id);
  }
}

/** A refusal as JSON-RPC has it, for clients that look at nothing else. */
export function problem(
  status: number,
  code: number,
  message: string,
  headers: HeadersInit = {},
): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
}
