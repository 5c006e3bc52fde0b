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
  /** Requests whose answers have not ended, streams among them. */
  active: number;
}

const LOOK_MS = 5_000;
/** An agent has at most this part of all sessions, so that no agent can shut out the others. */
const SHARE = 1 / 4;

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
    return answer(session, request, body);
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
    if (!this.#makeRoom(agent))
      return problem(503, -32000, 'There are as many sessions as there may be, and none is idle.');
    const id = randomUUID();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: (closed) => void this.#end(closed),
    });
    const server = this.options.serverFor(agent, id, request);
    await server.connect(transport);
    const session = { agent, server, transport, usedAt: Date.now(), active: 0 };
    this.#sessions.set(id, session);
    const opened = await answer(session, request, body);
    if (!opened.ok) void this.#end(id);
    return opened;
  }

  /** Ends the session of the agent itself that was idle for longest, where it needs to: never one of another agent. */
  #makeRoom(agent: string): boolean {
    const { most } = this.options;
    const own = [...this.#sessions].filter(([, session]) => session.agent === agent);
    const share = Math.max(1, Math.ceil(most * SHARE));
    if (own.length < share && this.#sessions.size < most) return true;
    const [oldest] = own
      .filter(([, { active }]) => active === 0)
      .toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
    if (oldest === undefined) return false;
    void this.#end(oldest[0]);
    return true;
  }

  #endIdle(): void {
    for (const [id, { active, usedAt }] of this.#sessions)
      if (active === 0 && Date.now() - usedAt > this.options.idleMs) void this.#end(id);
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    await session.server.close().catch(() => undefined);
    this.options.onEnded(id);
  }
}

/** The answer of a session, which is in use until the last word of it was sent or its client is gone. */
async function answer(session: LegacySession, request: Request, body: unknown): Promise<Response> {
  session.active += 1;
  session.usedAt = Date.now();
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    session.active -= 1;
    session.usedAt = Date.now();
  };
  request.signal.addEventListener('abort', end, { once: true });
  try {
    const response = await session.transport.handleRequest(request, { parsedBody: body });
    if (response.body !== null) return withEnd(response, response.body, end);
    end();
    return response;
  } catch (error) {
    end();
    throw error;
  }
}

function withEnd(
  { status, statusText, headers }: Response,
  body: ReadableStream<Uint8Array>,
  end: () => void,
): Response {
  const reader = body.getReader();
  const passed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
  return new Response(passed, { status, statusText, headers });
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
