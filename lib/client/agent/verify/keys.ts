/** The keys of a Belay, from its own address alone: what a token says of its keys is never followed. */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { ALGORITHMS } from '../proof-form.js';
import { Refused, type RefusalCode } from './refused.js';

export type BelayKeys = JWTVerifyGetKey;

export interface RemoteKeysOptions {
  /** How long keys are kept, in milliseconds; ten minutes unless given. */
  readonly maxAgeMs?: number;
  /** The least time between two requests, whatever unknown keys tokens name; 30 s unless given. */
  readonly cooldownMs?: number;
  readonly fetch?: typeof fetch;
}

/** The keys at `<url>/.well-known/jwks.json`, kept, and asked for again when a key is unknown, though never often. */
export function remoteKeys(url: string, options: RemoteKeysOptions = {}): BelayKeys {
  const { maxAgeMs = 600_000, cooldownMs = 30_000, fetch: send } = options;
  return createRemoteJWKSet(new URL('/.well-known/jwks.json', url), {
    cacheMaxAge: maxAgeMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: 5_000,
    ...(send === undefined ? {} : { [customFetch]: send }),
  });
}

/** Keys that are at hand, for verification without a network. */
export const localKeys = (jwks: { readonly keys: readonly object[] }): BelayKeys =>
  createLocalJWKSet(jwks as JSONWebKeySet);

export interface Expected {
  readonly keys: BelayKeys;
  readonly issuer: string;
  readonly type: string;
  readonly audience?: string | undefined;
  readonly clockSkewSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly required: string[];
  /** The codes of what can be wrong. */
  readonly codes: { readonly invalid: RefusalCode; readonly expired: RefusalCode };
}

/** @throws Refused with one of the codes; `wrong_audience`, `keys_unavailable` */
export async function verifiedClaims(token: string, expected: Expected): Promise<JWTPayload> {
  const { keys, issuer, type, audience, clockSkewSeconds, now, required } = expected;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      typ: type,
      requiredClaims: required,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now),
      ...(audience === undefined ? {} : { audience }),
    });
    return payload;
  } catch (error) {
    throw refusalOf(error, expected);
  }
}

function refusalOf(error: unknown, { codes }: Expected): Refused {
  if (error instanceof errors.JWTExpired)
    return new Refused(codes.expired, 'Its time is over: get a new one.');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new Refused('wrong_audience', 'It names another audience than this service, or none.');
  if (isUnreachable(error))
    return new Refused('keys_unavailable', 'The keys to verify with cannot be fetched.');
  const why = error instanceof errors.JOSEError ? error.message : 'it cannot be read';
  return new Refused(codes.invalid, `It is refused: ${why}.`);
}

/** The keys were not there to look into; a key that is not among them is a different matter. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  !(error instanceof errors.JOSEError) ||
  error.code === 'ERR_JOSE_GENERIC';
