import { DomainError, notFound } from '@/lib/contracts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * An id from an address, as the database takes it. What is no id names nothing.
 *
 * @throws DomainError `not_found`
 */
export function requireId(id: string | undefined, what: string): string {
  if (id === undefined || !UUID.test(id)) throw notFound(what);
  return id.toLowerCase();
}

/** A filter by id: one that is no id is the caller's mistake. */
export function filterId(id: string | undefined, what: string): string | null {
  if (id === undefined) return null;
  if (UUID.test(id)) return id.toLowerCase();
  throw new DomainError('malformed', 'malformed_query', `"${what}" must be an id.`);
}
