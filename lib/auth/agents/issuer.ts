import { env } from '@/lib/env';

/** The issuer of every token Belay signs: its public address. */
export const issuer = (): string => env().url;

/** The audiences that tokens can be for: this Belay as a whole, or its decision plane alone, where that has another address. */
export function ownAudiences(): readonly string[] {
  const { url, planeUrl } = env();
  return planeUrl === undefined ? [url] : [url, planeUrl];
}

/** The audiences of tokens that this process takes: a token for the plane alone is good nowhere else. */
export const servedAudiences = (): readonly string[] =>
  env().isPlane ? ownAudiences() : [issuer()];

/** The audience of a token that is good for nothing but its exchange. */
export const exchangeAudience = (): string => `${issuer()}/oauth/token`;

/** The addresses this Belay is called by, with every loopback name where it has one. */
export function ownOrigins(): readonly string[] {
  return ownAudiences().flatMap(originsAt);
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The audiences a client assertion may name: the issuer or the token endpoint, here or on a decision plane. An installation that
 * only has a loopback address is known by all its loopback names.
 */
export function acceptedAudiences(): ReadonlySet<string> {
  return new Set(ownOrigins().flatMap((origin) => [origin, `${origin}/`, `${origin}/oauth/token`]));
}

function originsAt(address: string): string[] {
  const own = new URL(address);
  const names = LOOPBACK.includes(own.hostname) ? LOOPBACK : [own.hostname];
  return names.map((name) => `${own.protocol}//${name}${own.port === '' ? '' : `:${own.port}`}`);
}
