/**
 * The one wrapper of every HTTP handler: request id, authentication, body limit, parsing, error mapping. A route says who
 * may call, what it takes and which service answers; everything else stands here once.
 */
import type { z } from 'zod';
import { DomainError } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { problemResponse } from './problem-response';
import { handOver, readJson, readText } from './read-body';

/** The body limit of console requests, in bytes. Agents have their own, `MAX_AGENT_BODY_BYTES`. */
const DEFAULT_BODY_BYTES = 256 * 1024;

export type Handler = (request: Request, context: RouteContext) => Promise<Response>;
export interface RouteContext {
  /** Next leaves the value out on routes without parameters. */
  readonly params: Promise<Record<string, string | string[] | undefined> | undefined>;
}

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

export interface HandlerSpec<Who, Query extends Schema, Body extends Schema> {
  /** Finds out who calls, or throws a DomainError of kind `unauthenticated`. A request that is signed is read for it. */
  readonly auth: (request: Request, body: () => Promise<string>) => Promise<Who>;
  readonly query?: Query;
  readonly body?: Body;
  readonly maxBodyBytes?: number;
  /** Status of a plain result; 200 unless told. A result of `undefined` is always 204. */
  readonly status?: number;
}

export interface HandlerInput<Who, Query extends Schema, Body extends Schema> {
  readonly request: Request;
  readonly requestId: string;
  readonly who: Who;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Parsed<Query>;
  readonly body: Parsed<Body>;
  readonly now: Date;
}

/** Anybody: for discovery, health and the token endpoint, which authenticates by its body. */
export const anyone = (): Promise<undefined> => Promise.resolve(undefined);

/**
 * Makes a handler out of what a route declares and the function that answers.
 *
 * @example
 * export const POST = handle({ auth: consoleActor, body: switchInputSchema, status: 201 },
 *   ({ who, body, now }) => setKillSwitch({ actor: who, now }, body));
 */
export function handle<Who, Query extends Schema = undefined, Body extends Schema = undefined>(
  spec: HandlerSpec<Who, Query, Body>,
  answer: (input: HandlerInput<Who, Query, Body>) => Promise<unknown>,
): Handler {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers.get('x-request-id'));
    try {
      const maxBytes = spec.maxBodyBytes ?? DEFAULT_BODY_BYTES;
      const who = await spec.auth(request, () => readAhead(request, maxBytes));
      const params = stringParams((await context.params) ?? {});
      const query = parse(spec.query, () => queryOf(request), 'malformed_query') as Parsed<Query>;
      const raw = spec.body === undefined ? undefined : await readJson(request, maxBytes);
      const body = parse(spec.body, () => raw, 'malformed_body') as Parsed<Body>;
      const result = await answer({
        request,
        requestId,
        who,
        params,
        query,
        body,
        now: new Date(),
      });
      return respond(result, spec.status ?? 200, requestId);
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

/** Reads the body before it is its turn, and leaves it for whoever reads it then. */
async function readAhead(request: Request, maxBytes: number): Promise<string> {
  const text = await readText(request, maxBytes);
  handOver(request, text);
  return text;
}

function respond(result: unknown, status: number, requestId: string): Response {
  if (result instanceof Response) {
    result.headers.set('x-request-id', requestId);
    return result;
  }
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId };
  if (result === undefined) return new Response(null, { status: 204, headers });
  return Response.json(result, { status, headers });
}

/**
 * The caller's `X-Request-ID`, an arbitrary text that comes back as it was sent (AuthZEN 1.0, section 10.1.5), or a new one where
 * there is none. One with anything but printable Latin-1, or longer than a log line bears, is none.
 */
export function requestIdOf(given: string | null): string {
  return given !== null && /^[\x20-\x7e\xa0-\xff]{1,1024}$/.test(given) ? given : newId();
}

/** PostgreSQL stores no NUL character, so no search for one can reach it. */
function queryOf(request: Request): Record<string, string> {
  const query = new URL(request.url).searchParams;
  if ([...query.values()].some((value) => value.includes('\u0000')))
    throw new DomainError('malformed', 'malformed_query', 'The address has a NUL character in it.');
  return Object.fromEntries(query);
}

function stringParams(
  params: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}

function parse(schema: Schema, read: () => unknown, code: string): unknown {
  return schema === undefined ? undefined : checked(schema, read(), code);
}

/**
 * What a schema makes of a value from outside.
 *
 * @throws DomainError 400 with the code given and an entry for each thing that is wrong
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, code: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DomainError('malformed', code, sentenceOf(parsed.error), {
    errors: issuesOf(parsed.error),
  });
}

function sentenceOf(error: z.ZodError): string {
  const first = issuesOf(error)[0];
  const more = error.issues.length - 1;
  const place = first === undefined || first.path === '' ? 'The request' : `"${first.path}"`;
  return `${place}: ${first?.message ?? 'not valid'}${more > 0 ? ` (and ${more} more)` : ''}.`;
}

function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}
