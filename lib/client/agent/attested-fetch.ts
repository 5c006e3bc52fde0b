/**
 * How an agent shows another service who it is: what Belay says of it (an attestation for that service, bound to the agent's key),
 * and with each request a proof that it holds this key (RFC 9449).
 */
import { calculateJwkThumbprint, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { AgentClient } from './agent-client.js';
import type { AgentJwk } from './wire.js';
import { ATTESTATION_HEADER, digestOf, PROOF_HEADER, PROOF_TYPE } from './proof-form.js';

export interface AttestedOptions {
  /** The address of the service, for example `https://tools.example`. Requests to others are refused. */
  readonly audience: string;
  /** Tools of the agent's pact that the service asks for. */
  readonly scope?: readonly string[];
  /** How old an attestation may get before a new one is asked for; 60 unless given. */
  readonly maxAgeSeconds?: number;
}

interface Signer {
  readonly key: CryptoKey;
  readonly jwk: JWK;
  readonly jkt: string;
}

export class AttestedFetch {
  #signer: Promise<Signer> | undefined;

  constructor(
    private readonly client: AgentClient,
    private readonly privateKey: AgentJwk,
    private readonly send: typeof fetch | undefined,
  ) {}

  for({ audience, scope, maxAgeSeconds = 60 }: AttestedOptions): typeof fetch {
    const { origin } = new URL(audience);
    let kept: { readonly token: Promise<string>; readonly until: number } | undefined;
    const current = (jkt: string): Promise<string> => {
      if (kept !== undefined && kept.until > Date.now()) return kept.token;
      const asked = this.client.attestation({ audience, jkt, ...(scope && { scope }) });
      const token = asked.then((answer) => answer.token);
      kept = { token, until: Date.now() + maxAgeSeconds * 1000 };
      token.catch(() => (kept = undefined));
      return token;
    };
    return async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (url.origin !== origin)
        throw new TypeError(`This fetch attests to ${origin}, not to ${url.origin}.`);
      const signer = await (this.#signer ??= signerOf(this.privateKey));
      const token = await current(signer.jkt);
      request.headers.set(ATTESTATION_HEADER, token);
      request.headers.set(PROOF_HEADER, await proofOf(signer, request.method, url, token));
      return (this.send ?? fetch)(request);
    };
  }
}

async function signerOf(privateKey: AgentJwk): Promise<Signer> {
  const { kty = 'OKP', crv = 'Ed25519', x = '' } = privateKey;
  const jwk: JWK = { kty, crv, x };
  const key = (await importJWK(privateKey, 'EdDSA')) as CryptoKey;
  return { key, jwk, jkt: await calculateJwkThumbprint(jwk) };
}

/** One request, once: its method, its address without the query, and the attestation it goes with. */
async function proofOf({ key, jwk }: Signer, htm: string, url: URL, token: string) {
  return new SignJWT({ htm, htu: `${url.origin}${url.pathname}`, ath: await digestOf(token) })
    .setProtectedHeader({ alg: 'EdDSA', typ: PROOF_TYPE, jwk })
    .setIssuedAt()
    .setJti(crypto.randomUUID())
    .sign(key);
}
