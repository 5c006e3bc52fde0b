/** Times on the wire: RFC 3339 in UTC with milliseconds. */
export const iso = (at: Date): string => at.toISOString();
export const isoOrNull = (at: Date | null): string | null =>
  at === null ? null : at.toISOString();
