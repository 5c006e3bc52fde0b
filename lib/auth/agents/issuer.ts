import { env } from '@/lib/env';

/** The issuer of every token Belay signs: its public address. */
export const issuer = (): string => env().url;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The audiences a client assertion may name: the issuer or the token endpoint, here or on a decision plane. An installation that
 * only has a loopback address is known by all its loopback names.
 */
export function acceptedAudiences(): ReadonlySet<string> {
  const { url, planeUrl } = env();
  return new Set([url, ...(planeUrl === undefined ? [] : [planeUrl])].flatMap(audiencesAt));
}

function audiencesAt(address: string): string[] {
  const own = new URL(address);
  const names = LOOPBACK.includes(own.hostname) ? LOOPBACK : [own.hostname];
  const origins = names.map(
    (name) => `${own.protocol}//${name}${own.port === '' ? '' : `:${own.port}`}`,
  );
  return origins.flatMap((origin) => [origin, `${origin}/`, `${origin}/oauth/token`]);
}
