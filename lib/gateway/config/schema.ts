/** The configuration of a gateway: every member, its default and its rule. */
import { z } from 'zod';
import { secretNameSchema, upstreamNameSchema } from '@/lib/contracts';

const seconds = (most: number) => z.number().min(0.1).max(most);
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be a full http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

/** A value that stands in the file, or the name of a secret that Belay holds. */
const variableSchema = z.union(
  [z.string(), z.strictObject({ secret: secretNameSchema, prefix: z.string().default('') })],
  { error: 'must be a text, or {"secret": NAME} for one that Belay holds' },
);
const headerSchema = z.union(
  [
    z.string(),
    z.strictObject({
      secret: secretNameSchema,
      prefix: z.string().default(''),
      /** `calls`: only with calls that carry a live permit. `always`: also to connect and to list tools. */
      use: z.enum(['calls', 'always']).default('calls'),
    }),
  ],
  { error: 'must be a text, or {"secret": NAME} for one that Belay holds' },
);

/** Which argument of a tool names what it acts on. */
const resourceSchema = z.strictObject({ type: z.string().min(1).max(200), id: z.string().min(1) });

export const upstreamSchema = z
  .strictObject({
    command: z.string().min(1).optional(),
    args: z.array(z.string()).optional(),
    cwd: z.string().optional(),
    env: z.record(z.string(), variableSchema).optional(),
    /** Where the words go that the server writes to its standard error. */
    stderr: z.enum(['ignore', 'inherit']).optional(),
    url: httpUrl.optional(),
    headers: z.record(z.string(), headerSchema).optional(),
    protocol: z.enum(['auto', '2025-11-25', '2026-07-28']).default('auto'),
    /** How long one call may take. */
    timeoutSeconds: seconds(3_600).default(60),
    /** How long it may take to connect. */
    connectSeconds: seconds(600).default(30),
    /** The largest message the server may send, in bytes. */
    maxMessageBytes: z
      .int()
      .min(1_024)
      .max(64 * 1024 * 1024)
      .default(4 * 1024 * 1024),
    resources: z.record(z.string(), resourceSchema).default({}),
  })
  .superRefine((upstream, context) => {
    const complain = (message: string, path: string[] = []) =>
      context.addIssue({ code: 'custom', message, path });
    const { command, url } = upstream;
    if ((command === undefined) === (url === undefined))
      complain('needs either "command", to start the server, or "url", where it answers');
    const kind =
      command === undefined ? (['args', 'cwd', 'env', 'stderr'] as const) : (['headers'] as const);
    for (const member of kind)
      if (upstream[member] !== undefined)
        complain(`does not go with "${command === undefined ? 'url' : 'command'}"`, [member]);
  });
export type UpstreamConfig = z.output<typeof upstreamSchema>;

export const gatewaySchema = z.strictObject({
  belay: z.strictObject({
    url: httpUrl.default('http://localhost:3000'),
    /** An API key of the role gateway: the variable that holds it, or the file. */
    key: z.union(
      [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
      {
        error:
          'must be {"env": VARIABLE} or {"file": PATH}; the key itself does not belong in this file',
      },
    ),
  }),
  /** One agent on standard input and output, or many over HTTP. */
  serve: z.union(
    [
      z.strictObject({ stdio: z.strictObject({ agent: z.uuid('must be the id of an agent') }) }),
      z.strictObject({
        http: z.strictObject({
          port: z.int().min(0).max(65_535).default(3300),
          host: z.string().default('127.0.0.1'),
          /** For whom a caller with an API key speaks when it sends no `Belay-Agent` header. */
          agent: z.uuid('must be the id of an agent').optional(),
          allowedHosts: z.array(z.string()).default([]),
          allowedOrigins: z.array(z.string()).default([]),
          maxBodyBytes: z
            .int()
            .min(1_024)
            .max(16 * 1024 * 1024)
            .default(1024 * 1024),
          maxSessions: z.int().min(1).max(100_000).default(1_000),
          sessionIdleSeconds: seconds(86_400).default(1_800),
        }),
      }),
    ],
    { error: 'must be {"stdio": {"agent": ID}} or {"http": {...}}' },
  ),
  session: z
    .strictObject({
      /** What the end user asked for: the only text that counts as trusted. Unknown unless given here or by the client. */
      request: z.string().max(32_768).optional(),
      purpose: z.string().min(1).max(2_000).optional(),
      /** Clients may give the trusted text themselves, as `_meta["belay/request"]` or the header `Belay-Request`. */
      requestFromClient: z.boolean().default(true),
    })
    .prefault({}),
  waiting: z
    .strictObject({
      /** How long a call is held for a person before it is answered; below the time most clients wait. */
      seconds: seconds(3_600).default(45),
    })
    .prefault({}),
  tools: z
    .strictObject({
      /** Between the name of a server and that of its tool, as agents see it. */
      separator: z.enum(['.', '__']).default('.'),
      /** How old a list of tools may be when one of them is called. */
      recheckSeconds: z.number().min(0).max(3_600).default(10),
    })
    .prefault({}),
  /** The folder for outcomes that Belay does not have yet; one below BELAY_HOME for each configuration unless given. */
  state: z.string().min(1).optional(),
  /** After so long without a word from Belay, calls that run are ended: nobody could stop them. Belay says a word every two seconds. */
  lostContactSeconds: z.number().min(5).max(600).default(10),
  upstreams: z
    .record(upstreamNameSchema, upstreamSchema)
    .refine((upstreams) => Object.keys(upstreams).length > 0, 'needs at least one MCP server'),
});
export type GatewayConfig = z.output<typeof gatewaySchema>;
export type HttpServing = Extract<GatewayConfig['serve'], { http: unknown }>['http'];
