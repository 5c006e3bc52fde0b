/** How an agent gets its access token: client_credentials with `private_key_jwt` (RFC 6749, RFC 7523), kept until shortly before its end. */
import { importJWK, SignJWT, type CryptoKey } from 'jose';
import { answerOf, errorOf, noAnswer } from './belay-error.js';
import type { AgentJwk } from './wire.js';

export interface AgentCredential {
  readonly agentId: string;
  /** The agent's Ed25519 key with its private half (RFC 8037). It signs here and is sent nowhere. */
  readonly privateKey: AgentJwk;
  /** Where Belay answers, without a trailing slash. */
  readonly url: string;
  /** The `aud` of assertions: Belay's public address; `url` unless Belay is reached by another. */
  readonly audience?: string;
  /** Sends requests; the platform's own unless given. */
  readonly fetch?: typeof fetch;
}

const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;
/** A token is renewed this long before it ends. */
const EARLY_MS = 30_000;

export class AgentToken {
  #current: { readonly value: string; readonly until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(private readonly credential: AgentCredential) {}

  /** The token, when there is one with some life left. */
  get kept(): string | undefined {
    return this.#current !== undefined && this.#current.until > Date.now()
      ? this.#current.value
      : undefined;
  }

  /** A token with some life left. Calls that come together share one request. */
  current(): Promise<string> {
    const { kept } = this;
    if (kept !== undefined) return Promise.resolve(kept);
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
): Promise<{ access_token: string; expires_in: number }> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: await signAssertion(credential),
  });
  const send = credential.fetch ?? fetch;
  const response = await send(`${credential.url}/oauth/token`, {
    method: 'POST',
    body: form,
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw noAnswer();
  });
  if (!response.ok) throw await errorOf(response);
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
