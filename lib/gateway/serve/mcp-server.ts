/** What an agent's client talks to: an MCP server of either generation of the protocol that offers the tools of all servers. */
import { z } from 'zod';
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  inputResponse,
  Server,
  type CallToolResult,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { noRoom } from '../calls/answers';
import type { CallRequest, ToolCalls } from '../calls/tool-calls';
import type { AgentSession } from '../calls/session';
import type { Catalogue } from '../tools/catalogue';

const INFO = { name: 'belay-gateway', title: 'Belay', version: '1.0.0' };
/** Members of `_meta` that are for the gateway. */
const REQUEST = 'belay/request';
const SESSION = 'belay/session';
/** The one thing a client is ever asked for. */
const APPROVAL = 'approval';

export interface Served {
  readonly catalogue: Pick<Catalogue, 'shown'>;
  readonly calls: Pick<ToolCalls, 'call'>;
  /** The session a call belongs to; undefined when there is no room for it. @param said what the client says of it */
  readonly sessionOf: (said: {
    request: string | undefined;
    session: string | undefined;
  }) => AgentSession | undefined;
  /** A client that is connected takes its time to show a page; it is asked while the call is open. */
  readonly roundMs: number;
}

export function mcpServer({ catalogue, calls, sessionOf, roundMs }: Served): Server {
  const server = new Server(INFO, {
    capabilities: { tools: { listChanged: true } },
    inputRequired: { roundTimeoutMs: roundMs },
  });
  server.setRequestHandler('tools/list', () => ({ tools: catalogue.shown() }));
  server.setRequestHandler(
    'tools/call',
    async ({ params }, context): Promise<CallToolResult | InputRequiredResult> => {
      const session = sessionOf(saidIn(context));
      if (session === undefined) return noRoom();
      const answer = await calls.call({
        session,
        name: params.name,
        arguments: params.arguments ?? {},
        signal: context.mcpReq.signal,
        ...consentOf(context, server),
        progress: progressOf(context),
      });
      if (answer.kind === 'result') return answer.result;
      const { url, message } = answer;
      return inputRequired({
        inputRequests: { [APPROVAL]: inputRequired.elicitUrl({ url, message }) },
      });
    },
  );
  return server;
}

function saidIn({ mcpReq }: ServerContext): {
  request: string | undefined;
  session: string | undefined;
} {
  const text = (name: string) => {
    const value: unknown = mcpReq._meta?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { request: text(REQUEST), session: text(SESSION) };
}

const showsPages = z.looseObject({ elicitation: z.looseObject({ url: z.looseObject({}) }) });

/** Whether the client's user can be shown the page, and what came of it. */
function consentOf(
  { mcpReq }: ServerContext,
  server: Server,
): Pick<CallRequest, 'mayAsk' | 'declined'> {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const response = inputResponse(mcpReq.inputResponses, APPROVAL);
  return {
    mayAsk: showsPages.safeParse(declared).success && response.kind === 'missing',
    declined: response.kind === 'elicit' && response.action !== 'accept',
  };
}

function progressOf({ mcpReq }: ServerContext): CallRequest['progress'] {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  return (progress) => {
    // A client that went away needs no progress; its call ends by its signal.
    void mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, ...progress } })
      .catch(() => undefined);
  };
}
