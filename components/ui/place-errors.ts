import { ApiError } from '@/lib/client/api-error';

export interface PlacedErrors {
  /** By field, what the server says is wrong with it. */
  readonly at: Readonly<Record<string, string>>;
  /** What belongs to no field. */
  readonly rest: Error | null;
}

/**
 * Puts what the server refused beside the field it is about.
 *
 * @param fields the fields of the form, as the server calls them
 * @param codes by code of a problem, the field it is about
 *
 * @example placeErrors(error, ['name', 'issuer'], { issuer_exists: 'issuer' })
 */
export function placeErrors(
  error: Error | null,
  fields: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): PlacedErrors {
  if (!(error instanceof ApiError)) return { at: {}, rest: error };
  const named = Object.hasOwn(codes, error.code) ? codes[error.code] : undefined;
  if (named !== undefined) return { at: { [named]: error.detail }, rest: null };
  const issues = error.errors ?? [];
  const at: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = path.split('.')[0] ?? '';
    if (fields.includes(field)) at[field] ??= sentence(message);
  }
  return { at, rest: Object.keys(at).length === 0 ? error : null };
}

/** "must be a web address" begins as a sentence where it stands alone. */
const sentence = (message: string) =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
