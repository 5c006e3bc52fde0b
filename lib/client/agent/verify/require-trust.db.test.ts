/** A service that agents call, over real HTTP, with attestations of a real Belay; and those who try to get in without. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuer } from '@/lib/auth/agents';
import { raisePlane, setStage, type AgentStage } from '@/lib/http/testing/agent-stage';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  remoteKeys,
  requireTrust,
  SeenInMemory,
  type TrustedCaller,
  type TrustOptions,
} from './index.js';

let plane: Awaited<ReturnType<typeof raisePlane>>;
let stage: AgentStage;
let server: Server;
let address: string;
let options: Partial<TrustOptions>;
/** How often the keys of Belay were fetched. */
let keyRequests: number;

beforeAll(async () => {
  plane = await raisePlane();
});
beforeEach(async () => {
  stage = await setStage(plane.url, { pact: { tools: ['note.read', 'note.write'] } });
  options = {};
  keyRequests = 0;
  server = createServer();
  server.listen(0);
  await once(server, 'listening');
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await stage.end();
  server.closeAllConnections();
  server.close();
});
afterAll(() => plane.close());

/** Opens the service with what it asks for. */
function serve(requirement: Partial<TrustOptions> = {}): void {
  const keys = remoteKeys(plane.url, {
    fetch: (input, init) => {
      keyRequests += 1;
      return fetch(input, init);
    },
  });
  const gate = requireTrust({
    belay: issuer(),
    audience: address,
    keys,
    ...options,
    ...requirement,
  });
  server.on('request', (request, response) =>
    gate(request as never, response, () => {
      const { belay } = request as unknown as { belay: TrustedCaller };
      response.end(JSON.stringify({ hello: belay.agentId, scope: belay.scope }));
    }),
  );
}

const attested = (scope?: string[]) =>
  stage.belay().attestedFetch({ audience: address, ...(scope === undefined ? {} : { scope }) });

async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.json()) as { code?: string };
  return `${response.status} ${code ?? 'in'}`;
}

/** The headers that a client sends, taken on their way. */
async function headersOf(
  url = `${address}/notes`,
  { method = 'GET', from = stage }: { method?: string; from?: AgentStage } = {},
): Promise<Record<string, string>> {
  let seen = new Headers();
  const spy = from.belay({
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.url.startsWith(plane.url)) return fetch(request);
      seen = request.headers;
      return Promise.resolve(new Response('{}'));
    },
  });
  await spy.attestedFetch({ audience: new URL(url).origin })(url, { method });
  return {
    'belay-attestation': seen.get('belay-attestation') ?? '',
    dpop: seen.get('dpop') ?? '',
  };
}

const show = async (headers: Record<string, string>, method = 'GET', path = '/notes') =>
  codeOf(await fetch(address + path, { method, headers }));

const partsOf = (token: string) => token.split('.');
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(partsOf(token)[1] ?? '', 'base64url').toString()) as object;

describe('a service that requires trust', () => {
  it('lets an agent in that is trusted enough, and knows which one it is', async () => {
    serve({ rung: 4, scope: 'note.read' });
    const response = await attested(['note.read', 'salary.read'])(`${address}/notes?all=1`);
    expect(await response.json()).toEqual({ hello: stage.agentId, scope: ['note.read'] });
  });

  it('tells with a stable code who does not suffice, and why', async () => {
    const { score } = (await attestedClaims()) as { score: number };
    const cases: [Partial<TrustOptions>, string][] = [
      [{ min: score + 0.01 }, '403 trust_too_low'],
      [{ rung: 5 }, '403 rung_too_low'],
      [{ layers: { outcome: 0.1 } }, '403 layer_too_low'],
      [{ scope: 'mail.send' }, '403 scope_missing'],
      [{ clock: () => Date.now() + 200_000 }, '401 attestation_stale'],
    ];
    for (const [requirement, expected] of cases) {
      server.removeAllListeners('request');
      serve(requirement);
      const headers = await headersOf();
      // A proof that is made for the clock of the service, so that the attestation is what fails.
      const late = requirement.clock === undefined ? {} : await lateProof(headers);
      expect(await show({ ...headers, ...late })).toBe(expected);
    }
  });

  it('lets nobody in whom a switch stops', async () => {
    serve();
    await setKillSwitch(stage.workspace.as('manager'), {
      scope: { type: 'agent', value: stage.agentId },
      mode: 'halt',
      reason: 'Stop',
    });
    expect(await codeOf(await attested()(`${address}/notes`))).toBe('403 agent_stopped');
  });

  it('answers as a handler from Request to Response, too', async () => {
    const gate = requireTrust({ belay: issuer(), audience: address, keys: remoteKeys(plane.url) });
    const handler = gate.handler((_, caller, extra: string) => Response.json([caller.rung, extra]));
    const request = () => new Request(`${address}/notes`);
    const refused = await handler(request(), 'x');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('www-authenticate')).toContain('DPoP');
    expect(await codeOf(refused)).toBe('401 attestation_missing');
    const headers = await headersOf();
    const welcome = await handler(new Request(`${address}/notes`, { headers }), 'x');
    expect(await welcome.json()).toEqual([4, 'x']);
  });
});

async function attestedClaims(): Promise<object> {
  return claimsOf((await headersOf())['belay-attestation'] ?? '');
}

/** A proof for the same request by the same agent, 200 seconds later. */
async function lateProof(headers: Record<string, string>) {
  const [head = '', body = ''] = partsOf(headers['dpop'] ?? '');
  const { alg, typ, jwk } = JSON.parse(Buffer.from(head, 'base64url').toString()) as {
    alg: string;
    typ: string;
    jwk: JWK;
  };
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { iat: number };
  const key = await crypto.subtle.importKey(
    'jwk',
    { ...stage.privateKey, ext: true },
    { name: 'Ed25519' },
    false,
    ['sign'],
  );
  const dpop = await new SignJWT({ ...claims, iat: claims.iat + 200 })
    .setProtectedHeader({ alg, typ, jwk })
    .sign(key);
  return { dpop };
}

describe('who is not let in', () => {
  it('has no attestation, one of the wrong kind, or no proof', async () => {
    serve();
    const headers = await headersOf();
    expect(await show({})).toBe('401 attestation_missing');
    expect(await show({ 'belay-attestation': headers['belay-attestation'] ?? '' })).toBe(
      '401 proof_missing',
    );
    expect(await show({ ...headers, 'belay-attestation': 'nonsense' })).toBe(
      '401 attestation_invalid',
    );
    const token = await stage.belay().client.transport.token.current();
    expect(await show({ ...headers, 'belay-attestation': token })).toMatch(/^401 /);
  });

  it('signs with nothing, with the public key as a secret, or with a key of their own', async () => {
    serve();
    const headers = await headersOf();
    const real = headers['belay-attestation'] ?? '';
    const claims = claimsOf(real);
    const { keys } = (await (await fetch(`${plane.url}/.well-known/jwks.json`)).json()) as {
      keys: JWK[];
    };
    const [belays] = keys;
    const kid = belays?.kid ?? '';
    const typ = 'belay-attestation+jwt';
    const own = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const ownJwk = await exportJWK(own.publicKey);
    const jku = `${address}/evil.json`;
    const forged = {
      none: `${encoded({ alg: 'none', typ, kid })}.${encoded(claims)}.`,
      hs256: await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ, kid })
        .sign(Buffer.from(belays?.x ?? '', 'base64url')),
      own: await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ, kid })
        .sign(own.privateKey),
      embedded: await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ, jwk: ownJwk })
        .sign(own.privateKey),
      jku: await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ, kid: 'evil', jku })
        .sign(own.privateKey),
      changed: [partsOf(real)[0], encoded({ ...claims, score: 1 }), partsOf(real)[2]].join('.'),
    };
    for (const [how, token] of Object.entries(forged))
      expect(`${how}: ${await show({ ...headers, 'belay-attestation': token })}`).toBe(
        `${how}: 401 attestation_invalid`,
      );
  });

  it('makes the service fetch keys with every invented key, which it does not', async () => {
    serve();
    const headers = await headersOf();
    const own = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const claims = claimsOf(headers['belay-attestation'] ?? '');
    for (let n = 0; n < 20; n += 1) {
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'belay-attestation+jwt', kid: `k${n}` })
        .sign(own.privateKey);
      expect(await show({ ...headers, 'belay-attestation': token })).toBe(
        '401 attestation_invalid',
      );
    }
    expect(keyRequests).toBe(1);
  });

  it('shows an attestation that is over, or that was meant for another service', async () => {
    serve({ clock: () => Date.now() + 301_000 + 5_000 });
    expect(await show(await headersOf())).toBe('401 attestation_expired');
    server.removeAllListeners('request');
    serve({ audience: 'https://another.example' });
    expect(await show(await headersOf())).toBe('401 wrong_audience');
    server.removeAllListeners('request');
    serve();
    const headers = await headersOf();
    const { token } = await stage.belay().client.attestation();
    expect(await show({ ...headers, 'belay-attestation': token })).toBe('401 wrong_audience');
  });

  it('took the attestation of another agent', async () => {
    serve();
    const victim = await headersOf();
    const thief = await setStage(plane.url);
    const own = await headersOf(undefined, { from: thief });
    expect(await show({ ...own, 'belay-attestation': victim['belay-attestation'] ?? '' })).toBe(
      '401 proof_invalid',
    );
    await thief.end();
  });

  it('shows what was shown before, or to another address or method', async () => {
    serve();
    const headers = await headersOf();
    expect(await show(headers, 'GET', '/notes/delete-all')).toBe('401 proof_invalid');
    expect(await show(headers, 'DELETE')).toBe('401 proof_invalid');
    expect(await show(headers)).toBe('200 in');
    expect(await show(headers)).toBe('401 proof_replayed');
  });

  it('comes when nobody can tell repeated requests apart, or the keys are away', async () => {
    serve({ seen: new SeenInMemory(0) });
    expect(await show(await headersOf())).toBe('503 too_many_proofs');
    server.removeAllListeners('request');
    serve({ keys: remoteKeys('http://localhost:9') });
    expect(await show(await headersOf())).toBe('503 keys_unavailable');
  });
});

describe('the fetch of an agent', () => {
  it('attests to one service, and to no other', async () => {
    serve();
    await expect(attested()('http://localhost:9/notes')).rejects.toThrow('attests to');
  });
});
