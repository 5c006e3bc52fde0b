/** Keeps other sites from writing with a person's cookie. */
import { DomainError } from '@/lib/contracts';
import { env } from '@/lib/env';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Browsers say where a write comes from: `Sec-Fetch-Site`, or at least `Origin`. A request with neither was not made by a
 * browser, so no other site can be behind it (the rule of Go's `http.CrossOriginProtection`).
 *
 * @throws DomainError `cross_site`
 */
export function requireSameOrigin(request: Request): void {
  if (READS.has(request.method) || isSameOrigin(request)) return;
  throw new DomainError(
    'forbidden',
    'cross_site',
    'This write was sent by another site. Do it from the console itself, or use an API key.',
  );
}

function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null && origin === new URL(env().url).origin) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  return origin === null || hostOf(origin) === request.headers.get('host');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
