/** For services that agents call: lets in who Belay attests enough trust to, and tells the others why not. */
import { ATTESTATION_HEADER, PROOF_HEADER } from '../proof-form.js';
import {
  requireEnough,
  verifyAttestation,
  type Requirement,
  type TrustedCaller,
} from './attestation.js';
import { remoteKeys, type BelayKeys } from './keys.js';
import { PROOF_SECONDS, SeenInMemory, verifiedProof, type SeenProofs } from './proof.js';
import { Refused } from './refused.js';

export interface TrustOptions extends Requirement {
  /** The public address of the Belay that is trusted: the issuer of attestations. */
  readonly belay: string;
  /** The address of this service as agents know it, for example `https://tools.example`. */
  readonly audience: string;
  /** Its keys; fetched from `belay` unless given. */
  readonly keys?: BelayKeys;
  /** What was shown before; in the memory of this process unless given. */
  readonly seen?: SeenProofs;
  /** How far clocks may differ; 5 unless given. */
  readonly clockSkewSeconds?: number;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** What is looked at of a request. */
export interface ShownRequest {
  readonly method: string;
  /** The path as the caller asked for it, with or without a query. */
  readonly path: string;
  readonly header: (name: string) => string | null | undefined;
}

/** The parts of Express (and of `node:http`) that are used. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl?: string;
  readonly url?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  belay?: TrustedCaller;
}
export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}

export type TrustedHandler<Rest extends unknown[]> = (
  request: Request,
  caller: TrustedCaller,
  ...rest: Rest
) => Response | Promise<Response>;

export interface TrustGate {
  /** Express middleware; the agent stands in `request.belay` afterwards. */
  (request: ExpressRequest, response: ExpressResponse, next: (error?: unknown) => void): void;
  /** A handler from `Request` to `Response` (Next, Hono, Deno, Bun, workers) that only gets requests which were let in. */
  readonly handler: <Rest extends unknown[]>(
    handle: TrustedHandler<Rest>,
  ) => (request: Request, ...rest: Rest) => Promise<Response>;
  /** The check itself. @throws Refused */
  readonly check: (request: ShownRequest) => Promise<TrustedCaller>;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * @example
 * app.use('/refunds', requireTrust({ belay, audience: 'https://shop.example', min: 0.6, scope: 'refund.create' }));
 * export const POST = requireTrust(options).handler(async (request, caller) => Response.json({ hello: caller.name }));
 * @throws TypeError when `audience` is no address
 */
export function requireTrust(options: TrustOptions): TrustGate {
  const { belay, keys = remoteKeys(belay), seen = new SeenInMemory() } = options;
  const { audience, clockSkewSeconds = 5, clock = Date.now } = options;
  const { origin } = new URL(audience);

  const check = async (request: ShownRequest): Promise<TrustedCaller> => {
    const now = clock();
    const attestation = requireHeader(request, ATTESTATION_HEADER, 'attestation_missing');
    const proof = requireHeader(request, PROOF_HEADER, 'proof_missing');
    const expected = { keys, issuer: belay, audience, clockSkewSeconds, now };
    const { caller, jkt } = await verifyAttestation(attestation, expected);
    const [path = '/'] = request.path.split(/[?#]/, 1);
    const address = origin + path;
    const { method } = request;
    const shown = await verifiedProof({ proof, attestation, jkt, method, address, now });
    // First: whoever is not let in anyway takes no place in what is remembered.
    requireEnough(caller, options, { safe: SAFE.has(method), now });
    if (!(await seen.note(shown, now + 2 * PROOF_SECONDS * 1000)))
      throw new Refused('proof_replayed', 'Make a new proof for each request.');
    return caller;
  };

  const middleware = (
    request: ExpressRequest,
    response: ExpressResponse,
    next: (error?: unknown) => void,
  ): void => {
    const path = request.originalUrl ?? request.url ?? '/';
    const header = (name: string) => [request.headers[name]].flat()[0];
    check({ method: request.method, path, header }).then(
      (caller) => {
        request.belay = caller;
        next();
      },
      (error: unknown) => (error instanceof Refused ? refuse(response, error) : next(error)),
    );
  };

  const handler =
    <Rest extends unknown[]>(handle: TrustedHandler<Rest>) =>
    async (request: Request, ...rest: Rest): Promise<Response> => {
      const { pathname: path } = new URL(request.url);
      const header = (name: string) => request.headers.get(name);
      try {
        const caller = await check({ method: request.method, path, header });
        return await handle(request, caller, ...rest);
      } catch (error) {
        if (error instanceof Refused) return error.toResponse();
        throw error;
      }
    };

  return Object.assign(middleware, { handler, check });
}

/** One value: a header that came twice is no header one can rely on. */
function requireHeader(
  { header }: ShownRequest,
  name: string,
  code: 'attestation_missing' | 'proof_missing',
): string {
  const value = header(name);
  if (value !== null && value !== undefined && value !== '') return value;
  throw new Refused(code, `Send it in the header "${name}".`);
}

function refuse(response: ExpressResponse, refusal: Refused): void {
  response.statusCode = refusal.status;
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
  response.end(JSON.stringify(refusal.problem));
}
