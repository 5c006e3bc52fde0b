/** The form of the token endpoint. */
import type { z } from 'zod';
import { DomainError, GRANT_TYPES, tokenRequestSchema, type TokenRequest } from '@/lib/contracts';
import { readText, requireContentType } from '@/lib/http';

const MAX_TOKEN_BODY_BYTES = 32 * 1024;

/** @throws DomainError 400 `wrong_content_type`, `unsupported_grant_type`, `malformed_body`; 413 `body_too_large` */
export async function readForm(request: Request): Promise<{ form: TokenRequest; text: string }> {
  requireContentType(
    request,
    /^application\/x-www-form-urlencoded$/i,
    'application/x-www-form-urlencoded',
  );
  const text = await readText(request, MAX_TOKEN_BODY_BYTES);
  const fields = fieldsOf(text);
  const grants: readonly string[] = Object.values(GRANT_TYPES);
  if (!grants.includes(fields['grant_type'] ?? ''))
    throw new DomainError(
      'malformed',
      'unsupported_grant_type',
      `The grant type must be one of ${grants.join(', ')}.`,
      { oauthError: 'unsupported_grant_type' },
    );
  const parsed = tokenRequestSchema.safeParse(fields);
  if (parsed.success) return { form: parsed.data, text };
  throw malformed(sentenceOf(parsed.error));
}

/** A field that comes twice has no one meaning (RFC 6749, section 3.2). */
function fieldsOf(text: string): Record<string, string> {
  const fields = new URLSearchParams(text);
  const names = [...fields.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw malformed(`The field "${twice.slice(0, 64)}" comes twice.`);
  return Object.fromEntries(fields);
}

function sentenceOf({ issues: [first] }: z.ZodError): string {
  return `${first?.path.join('.') ?? 'The form'}: ${first?.message ?? 'not valid'}.`;
}

const malformed = (message: string) =>
  new DomainError('malformed', 'malformed_body', message, { oauthError: 'invalid_request' });
