/** What agents ask for, as the console mounts it under `app/`: the same handlers at the same addresses. */
import {
  actionSearchHandler,
  resourceSearchHandler,
  subjectSearchHandler,
} from '@/lib/http/access/search';
import { accessRequestHandler, accessTaskHandler } from '@/lib/http/access/requests';
import { jwksHandler } from '@/lib/http/agents/discovery';
import {
  answerHandler,
  decisionStatusHandler,
  outcomeHandler,
  redeemHandler,
} from '@/lib/http/agents/decisions';
import { evaluationHandler, evaluationsHandler } from '@/lib/http/agents/evaluation';
import {
  gatewayCallerHandler,
  openSecretsHandler,
  reportToolsHandler,
  standingHandler,
  withdrawHandler,
} from '@/lib/http/agents/gateway';
import { openSessionHandler } from '@/lib/http/agents/sessions';
import { signalsHandler } from '@/lib/http/agents/signals';
import { tokenHandler } from '@/lib/http/agents/token';
import { getAttestation } from '@/lib/http/console/attestation';
import { getHealth } from '@/lib/http/console/health';
import type { Handler } from '@/lib/http/handler';
import { caepHandler } from '@/lib/http/intake/caep';
import { ciHandler } from '@/lib/http/intake/ci';
import { opaHandler } from '@/lib/http/intake/opa';
import { tracesHandler } from '@/lib/http/intake/otlp/traces';
import { getEvents } from '@/lib/http/live/events';

export interface PlaneRoute {
  readonly method: 'GET' | 'POST';
  /** With `:id` for the one segment that varies. */
  readonly pattern: string;
  readonly handler: Handler;
}

export const PLANE_ROUTES: readonly PlaneRoute[] = [
  { method: 'POST', pattern: '/access/v1/evaluation', handler: evaluationHandler },
  { method: 'POST', pattern: '/access/v1/evaluations', handler: evaluationsHandler },
  { method: 'POST', pattern: '/access/v1/search/subject', handler: subjectSearchHandler },
  { method: 'POST', pattern: '/access/v1/search/resource', handler: resourceSearchHandler },
  { method: 'POST', pattern: '/access/v1/search/action', handler: actionSearchHandler },
  { method: 'POST', pattern: '/access/v1/requests', handler: accessRequestHandler },
  { method: 'GET', pattern: '/access/v1/requests/:id', handler: accessTaskHandler },
  { method: 'POST', pattern: '/oauth/token', handler: tokenHandler },
  { method: 'GET', pattern: '/api/v1/decisions/:id', handler: decisionStatusHandler },
  { method: 'POST', pattern: '/api/v1/decisions/:id/answer', handler: answerHandler },
  { method: 'POST', pattern: '/api/v1/decisions/:id/outcome', handler: outcomeHandler },
  { method: 'POST', pattern: '/api/v1/decisions/:id/redeem', handler: redeemHandler },
  { method: 'POST', pattern: '/api/v1/decisions/:id/withdraw', handler: withdrawHandler },
  { method: 'GET', pattern: '/api/v1/gateway/caller', handler: gatewayCallerHandler },
  { method: 'POST', pattern: '/api/v1/gateway/standing', handler: standingHandler },
  { method: 'POST', pattern: '/api/v1/gateway/tools', handler: reportToolsHandler },
  { method: 'POST', pattern: '/api/v1/gateway-secrets/open', handler: openSecretsHandler },
  { method: 'POST', pattern: '/api/v1/sessions', handler: openSessionHandler },
  { method: 'POST', pattern: '/api/v1/signals', handler: signalsHandler },
  { method: 'POST', pattern: '/api/v1/intake/caep', handler: caepHandler },
  { method: 'POST', pattern: '/api/v1/intake/ci', handler: ciHandler },
  { method: 'POST', pattern: '/api/v1/intake/opa', handler: opaHandler },
  { method: 'POST', pattern: '/v1/traces', handler: tracesHandler },
  { method: 'GET', pattern: '/api/v1/events', handler: getEvents },
  { method: 'GET', pattern: '/api/v1/agents/:id/attestation', handler: getAttestation },
  { method: 'GET', pattern: '/api/health', handler: getHealth },
  { method: 'GET', pattern: '/.well-known/jwks.json', handler: jwksHandler },
];

/** Where a request belongs: a handler with its parameters, or the methods that are known at its address. */
export type Found =
  | { readonly handler: Handler; readonly params: Readonly<Record<string, string>> }
  | { readonly handler: undefined; readonly methods: readonly string[] };

interface Place {
  readonly methods: Map<string, Handler>;
  readonly expression: RegExp;
}

const exact = new Map<string, Map<string, Handler>>();
const varying: Place[] = [];
for (const { method, pattern, handler } of PLANE_ROUTES) placeOf(pattern).set(method, handler);

function placeOf(pattern: string): Map<string, Handler> {
  if (!pattern.includes(':id')) {
    const methods = exact.get(pattern) ?? new Map<string, Handler>();
    exact.set(pattern, methods);
    return methods;
  }
  const expression = new RegExp(`^${pattern.replace(':id', '(?<id>[^/]+)')}$`);
  const known = varying.find((place) => place.expression.source === expression.source);
  if (known !== undefined) return known.methods;
  const place: Place = { methods: new Map(), expression };
  varying.push(place);
  return place.methods;
}

/** @param path of the address, without its query */
export function routeOf(method: string, path: string): Found {
  const methods = exact.get(path);
  if (methods !== undefined) return among(methods, method, {});
  for (const place of varying) {
    const id = place.expression.exec(path)?.groups?.['id'];
    const decoded = id === undefined ? undefined : decodedSegment(id);
    if (decoded !== undefined) return among(place.methods, method, { id: decoded });
  }
  return { handler: undefined, methods: [] };
}

function among(
  methods: ReadonlyMap<string, Handler>,
  method: string,
  params: Readonly<Record<string, string>>,
): Found {
  const handler = methods.get(method);
  return handler === undefined ? { handler, methods: [...methods.keys()] } : { handler, params };
}

/** A segment that is not well encoded names nothing. */
function decodedSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
