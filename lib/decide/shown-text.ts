import { redact } from '@/lib/ledger';

/** What is kept of a text from outside to be shown to people: without the secrets in it. */
export function shownText(text: string): string {
  const kept = redact(text);
  if (typeof kept === 'string') return kept;
  const shown = (kept as { text?: unknown } | null)?.text;
  return typeof shown === 'string' ? shown : '[redacted]';
}
