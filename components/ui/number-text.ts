import { spokenNumber } from '@/lib/client/language';

/** "12,431" or "0.72": grouped, fixed digits, as the language of the page writes it. */
export function numberText(value: number, digits = 0): string {
  return spokenNumber(value, digits);
}

/** "812 B", "12.6 kB", "3.1 MB" (powers of 1,000). */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${numberText(bytes / 1_000, 1)} kB`;
  return `${numberText(bytes / 1_000_000, 1)} MB`;
}
