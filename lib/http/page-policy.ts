/**
 * The Content-Security-Policy of a page: nothing from elsewhere, and only scripts that carry the
 * nonce of this answer. Styles may be inline, as charts and panes set sizes on elements; images may
 * be data, as agents' text never becomes one.
 *
 * @param nonce fresh for every answer
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
