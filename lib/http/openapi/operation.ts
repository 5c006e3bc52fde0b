/** One call of the wire as a row of a table; `document.ts` turns the rows into OpenAPI. */
import type { z } from 'zod';
import type { Permission } from '@/lib/auth';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who may call. `token` is an agent's token, `gateway` an API key of that role, `key` one of any role, `session` the cookie of a person. */
export type Caller = 'token' | 'gateway' | 'key' | 'session';

/** What a call answers with besides JSON. */
type MediaType = 'application/json' | 'application/x-ndjson' | 'text/event-stream';

export interface Operation {
  readonly method: Method;
  /** As OpenAPI writes it: `/api/v1/agents/{id}`. */
  readonly path: string;
  /** Unique; a client generator makes the name of a function of it. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** Empty: anybody. */
  readonly callers: readonly Caller[];
  /** What a person or key needs; the document names the roles that have it. */
  readonly permission?: Permission;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly bodyType?:
    'application/json' | 'application/x-www-form-urlencoded' | 'application/secevent+jwt';
  /** Concerns a person and no workspace: needs none named, and answers somebody who still has a one-time password. */
  readonly personal?: true;
  /** Takes an `Idempotency-Key`. */
  readonly idempotent?: boolean;
  readonly status: 200 | 201 | 202 | 204;
  /** Absent with 204, and where a standard wants none. */
  readonly answer?: z.ZodType;
  /** The standard that wants an answer without a body, with a status other than 204. */
  readonly emptyBy?: 'RFC 8935';
  readonly answerType?: MediaType;
  /** Codes of this call by status, beyond those every call of its kind has. */
  readonly problems?: Readonly<Partial<Record<400 | 401 | 403 | 409 | 422 | 429, string[]>>>;
}

/** The chapters of the document, in the order of a reader. */
export const TAGS = {
  Decisions: 'What an agent asks before it acts, and what it does with the answer.',
  Evidence: 'Signals about agents.',
  Approvals: 'Actions that wait for a person.',
  Reviewing: 'What people say of actions afterwards, and how reviewing itself is watched.',
  Agents: 'Agents, their keys, pacts, trust and history.',
  'Kill switches': 'Stops that hold from the moment they are acknowledged.',
  Governance: 'Tools, ladders, policies and incidents.',
  Ledger: 'The hash-chained record of everything that was decided and changed.',
  Workspace: 'People, API keys and the workspace itself.',
  Messages: 'Who outside is told what happens. Messages inform and never decide.',
  Gateway: 'MCP servers behind the gateway: their tools, their secrets, and what has to end.',
  Discovery: 'What programs read before they call.',
} as const;
type Tag = keyof typeof TAGS;

/** An agent with its token, or a gateway that speaks for the agents of its workspace. */
export const AGENT: readonly Caller[] = ['token', 'gateway'];
/** A person in the browser, or a program with an API key. */
export const CONSOLE: readonly Caller[] = ['session', 'key'];
export const ANYBODY: readonly Caller[] = [];
