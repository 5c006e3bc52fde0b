import { env } from '@/lib/env';

/** The issuer of every token Belay signs: its public address. */
export const issuer = (): string => env().url;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The audiences a client assertion may name: the issuer or the token endpoint. An installation that only has a loopback address
 * is known by all its loopback names.
 */
export function acceptedAudiences(): ReadonlySet<string> {
  const own = new URL(issuer());
  const names = LOOPBACK.includes(own.hostname) ? LOOPBACK : [own.hostname];
  const origins = names.map(
    (name) => `${own.protocol}//${name}${own.port === '' ? '' : `:${own.port}`}`,
  );
  return new Set(origins.flatMap((origin) => [origin, `${origin}/`, `${origin}/oauth/token`]));
}
