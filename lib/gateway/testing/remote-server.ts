/** An MCP server over streamable HTTP for tests, of either generation, that keeps what it was sent. */
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMcpHandler,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { readBody, sendResponse, webRequest } from '../serve/node-bridge';

export interface RemoteServer {
  readonly url: string;
  /** The `authorization` header of each request, by its method. */
  readonly seen: { readonly method: string; readonly authorization: string | null }[];
  readonly close: () => Promise<void>;
}

function build(): Server {
  const server = new Server({ name: 'remote', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({
    tools: [{ name: 'find', description: 'Finds it.', inputSchema: { type: 'object' as const } }],
  }));
  server.setRequestHandler('tools/call', ({ params }) => ({
    content: [{ type: 'text', text: `found ${JSON.stringify(params.arguments)}` }],
    structuredContent: { found: true },
  }));
  return server;
}

export async function startRemoteServer(
  generation: '2025-11-25' | '2026-07-28',
): Promise<RemoteServer> {
  const seen: RemoteServer['seen'] = [];
  const modern = createMcpHandler(build, { legacy: 'reject' });
  const legacy = async (request: Request, parsedBody: unknown): Promise<Response> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
    });
    await build().connect(transport);
    return transport.handleRequest(request, { parsedBody });
  };
  const http: HttpServer = createServer((incoming, outgoing) => {
    void (async () => {
      const request = webRequest(incoming, outgoing);
      const text = await readBody(incoming, 1024 * 1024);
      const body: unknown = text === undefined || text === '' ? undefined : JSON.parse(text);
      const method = (body as { method?: string } | undefined)?.method ?? request.method;
      seen.push({ method, authorization: request.headers.get('authorization') });
      const answer =
        generation === '2026-07-28'
          ? modern.fetch(request, { parsedBody: body })
          : legacy(request, body);
      await sendResponse(outgoing, await answer);
    })().catch(() => outgoing.destroy());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    seen,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await modern.close();
    },
  };
}
