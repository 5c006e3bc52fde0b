/** Requests that an agent signs (RFC 9421), and those that somebody has tampered with. */
import { KeyObject, sign } from 'node:crypto';
import {
  parseDictionary,
  serializeDictionary,
  type BareItem,
  type InnerList,
  type Item,
} from 'structured-headers';
import { contentDigest } from '@/lib/auth/agents/message-signature/content-digest';
import { messageOf } from '@/lib/auth/agents/message-signature/message';
import { signatureBase } from '@/lib/auth/agents/message-signature/signature-base';
import { newId } from '@/lib/db';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import type { Handler } from '@/lib/http/handler';
import { ORIGIN, seconds, type SigningAgent } from './signing-agents';

export interface Signing {
  readonly keyid?: string | undefined;
  readonly created?: number | undefined;
  readonly nonce?: string | undefined;
  readonly alg?: string;
  readonly tag?: string;
  readonly components?: readonly string[];
  readonly key?: KeyObject;
  readonly method?: string;
  readonly origin?: string;
  readonly label?: string;
  /** In the place of the body's own. */
  readonly digest?: string;
}

/** A request with a body, or a GET without one, signed by the agent as told. */
export function signedRequest(
  agent: SigningAgent,
  path: string,
  body: string | undefined,
  signing: Signing = {},
): Request {
  const { method = body === undefined ? 'GET' : 'POST', origin = ORIGIN, label = 'sig' } = signing;
  const headers = new Headers({ 'content-type': 'application/json' });
  if (body !== undefined) headers.set('content-digest', signing.digest ?? contentDigest(body));
  const url = `${origin}${path}`;
  const covered = coveredBy(agent, signing, body !== undefined);
  const base = signatureBase(messageOf({ method, url, headers }), covered);
  const key = signing.key ?? KeyObject.from(agent.key);
  const signature = sign(null, Buffer.from(base), key);
  headers.set('signature-input', serializeDictionary(new Map([[label, covered]])));
  const item: Item = [new Uint8Array(signature), new Map<string, BareItem>()];
  headers.set('signature', serializeDictionary(new Map([[label, item]])));
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
}

function coveredBy(agent: SigningAgent, signing: Signing, hasBody: boolean): InnerList {
  const {
    components = ['@method', '@target-uri', ...(hasBody ? ['content-digest'] : [])],
    alg,
    tag,
  } = signing;
  const given = (name: 'keyid' | 'created' | 'nonce', usual: string | number) =>
    Object.hasOwn(signing, name) ? signing[name] : usual;
  const parameters = Object.entries({
    created: given('created', seconds()),
    keyid: given('keyid', agent.id),
    nonce: given('nonce', newId()),
    alg,
    tag,
  }).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return [components.map((name): Item => itemOf(name)), new Map(parameters)];
}

/** A component by its name, or as it is written: `"@method";req`. */
function itemOf(name: string): Item {
  if (!name.startsWith('"')) return [name, new Map<string, BareItem>()];
  const [list] = [...parseDictionary(`a=(${name})`).values()] as [InnerList];
  return list[0][0] as Item;
}

/** The same request with other headers, another method or another body. */
export function tampered(
  request: Request,
  changes: { headers?: Record<string, string>; method?: string; body?: string; url?: string },
): Request {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(changes.headers ?? {})) headers.set(name, value);
  return new Request(changes.url ?? request.url, {
    method: changes.method ?? request.method,
    headers,
    ...(changes.body === undefined ? {} : { body: changes.body }),
  });
}

/** What a handler answers to a signed request; the evaluation's unless told. */
export async function sendSigned(
  request: Request,
  handler: Handler = evaluationHandler,
  params: Readonly<Record<string, string>> = {},
) {
  const response = await handler(request, { params: Promise.resolve(params) });
  const answer = (await response.json()) as {
    code?: string;
    decision?: boolean;
    context?: { id: string };
  };
  return { status: response.status, ...answer };
}

/** `allow`, or what it was refused with. */
export async function outcomeOf(request: Request): Promise<string> {
  const { status, code, decision } = await sendSigned(request);
  return code === undefined ? (decision === true ? 'allow' : 'deny') : `${status} ${code}`;
}
