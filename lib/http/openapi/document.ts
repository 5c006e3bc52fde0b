/** The OpenAPI 3.1 document: the table of operations and the zod schemas of `lib/contracts`, put together once. */
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { hasPermission, PERMISSIONS, WORKSPACE_HEADER } from '@/lib/auth';
import { KEY_ROLES } from '@/lib/contracts';
import { SCHEMAS, SECURITY_SCHEMES } from './components';
import { TAGS, type Caller, type Operation } from './operation';
import { OPERATIONS } from './operations';
import { problemResponses } from './problems';
import { tidy, tidySchema, type OpenApiDocument } from './tidy';

let document: OpenApiDocument | undefined;

/** The document of this program. Built on first use and kept. */
export function openApiDocument(): OpenApiDocument {
  document ??= tidy(createDocument(draft(), { override: tidySchema }));
  return document;
}

function draft(): Parameters<typeof createDocument>[0] {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Belay: operator console and decision point for AI agents',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Errors are problem details (RFC 9457) with a stable `code`. Every list has `items` and `nextCursor`; pass the latter back ' +
        'as `cursor` for the next page. Times are RFC 3339 in UTC. Unknown fields of an answer must be ignored.',
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    components: { schemas: SCHEMAS, securitySchemes: SECURITY_SCHEMES },
    paths: pathsOf(OPERATIONS),
  };
}

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: operationObject(operation) };
  }
  return paths;
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, query, body, status, answer } = operation;
  const path = pathParams(operation.path);
  const header = headersOf(operation);
  const answerType = operation.answerType ?? 'application/json';
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: descriptionOf(operation),
    security: securityOf(operation.callers),
    requestParams: {
      ...(path === undefined ? {} : { path }),
      ...(query === undefined ? {} : { query }),
      ...(header === undefined ? {} : { header }),
    },
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [operation.bodyType ?? 'application/json']: { schema: body } },
          },
        }),
    responses: {
      [String(status)]: {
        description: answer === undefined ? 'Done.' : summary,
        ...(answer === undefined ? {} : { content: { [answerType]: { schema: answer } } }),
      },
      ...problemResponses(operation),
    },
  };
}

function pathParams(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (names.length === 0) return undefined;
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
}

function headersOf({ callers, idempotent }: Operation): z.ZodObject | undefined {
  const headers = {
    ...(callers.includes('session')
      ? {
          [WORKSPACE_HEADER]: z.string().optional().meta({
            description:
              'Slug of the workspace. Needed with a session cookie; an API key has its own.',
          }),
        }
      : {}),
    ...(idempotent === true
      ? {
          'idempotency-key': z
            .string()
            .max(255)
            .optional()
            .meta({ description: 'The same request sent twice with one key happens once.' }),
        }
      : {}),
  };
  return Object.keys(headers).length === 0 ? undefined : z.object(headers);
}

const SCHEME_OF: Readonly<Record<Caller, string>> = {
  token: 'agentToken',
  gateway: 'apiKey',
  key: 'apiKey',
  session: 'session',
};

const securityOf = (callers: readonly Caller[]) =>
  callers.map((caller) => ({ [SCHEME_OF[caller]]: [] }));

function descriptionOf({ description, permission, callers }: Operation): string {
  const sentences = description === undefined ? [] : [description];
  if (permission !== undefined) {
    const roles = KEY_ROLES.filter((role) => hasPermission(role, permission));
    const who = callers.includes('token') ? 'The agent itself, or an API key that may' : 'May';
    sentences.push(`${who} ${PERMISSIONS[permission]} (\`${permission}\`): ${roles.join(', ')}.`);
  }
  return sentences.join('\n\n');
}
