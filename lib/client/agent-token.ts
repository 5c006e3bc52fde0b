/** How an agent gets its access token: client_credentials with `private_key_jwt` (RFC 6749, RFC 7523), kept until shortly before its end. */
import { importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { z } from 'zod';
import { CLIENT_ASSERTION_TYPE, type tokenResponseSchema } from '@/lib/contracts';
import { answerOf, apiErrorOf, noAnswer } from './api-error';

export interface AgentCredential {
  readonly agentId: string;
  /** The agent's Ed25519 key with its private half (RFC 8037). It signs here and is sent nowhere. */
  readonly privateKey: JWK;
  /** Where Belay answers, without a trailing slash. */
  readonly url: string;
  /** The `aud` of assertions: Belay's public address; `url` unless Belay is reached by another. */
  readonly audience?: string;
}

const ASSERTION_SECONDS = 60;
/** A token is renewed this long before it ends. */
const EARLY_MS = 30_000;

export class AgentToken {
  #current: { readonly value: string; readonly until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(private readonly credential: AgentCredential) {}

  /** A token with some life left. Calls that come together share one request. */
  current(): Promise<string> {
    if (this.#current !== undefined && this.#current.until > Date.now())
      return Promise.resolve(this.#current.value);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** The server refused it: ask for a new one next time. */
  forget(): void {
    this.#current = undefined;
  }

  async #ask(): Promise<string> {
    const { access_token: value, expires_in: seconds } = await requestToken(this.credential);
    this.#current = { value, until: Date.now() + seconds * 1000 - EARLY_MS };
    return value;
  }
}

async function requestToken(
  credential: AgentCredential,
): Promise<z.infer<typeof tokenResponseSchema>> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: await signAssertion(credential),
  });
  const response = await fetch(`${credential.url}/oauth/token`, {
    method: 'POST',
    body: form,
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw noAnswer();
  });
  if (!response.ok) throw await apiErrorOf(response);
  return answerOf(response);
}

/** A single-use statement, signed with the agent's key, that it is who it says. */
async function signAssertion({ agentId, privateKey, audience, url }: AgentCredential) {
  const key = (await importJWK(privateKey, 'EdDSA')) as CryptoKey;
  return new SignJWT({})
    .setProtectedHeader({
      alg: 'EdDSA',
      ...(privateKey.kid === undefined ? {} : { kid: privateKey.kid }),
    })
    .setIssuer(agentId)
    .setSubject(agentId)
    .setAudience(audience ?? url)
    .setIssuedAt()
    .setExpirationTime(`${ASSERTION_SECONDS}s`)
    .setJti(crypto.randomUUID())
    .sign(key);
}
