/** POST /oauth/token */
import { GRANT_TYPES, type TokenRequest } from '@/lib/contracts';
import { anyone, handle } from '@/lib/http';
import type { Asking } from './token/client';
import { readForm } from './token/form';
import { clientCredentials, jwtBearer, tokenExchange, type Granted } from './token/grants';

export const tokenHandler = handle({ auth: anyone }, async ({ request, now }) => {
  const { form, text } = await readForm(request);
  const { token, expiresInSeconds, scope, issuedTokenType } = await grant(form, {
    request,
    text,
    now,
  });
  return {
    access_token: token,
    token_type: 'Bearer' as const,
    expires_in: expiresInSeconds,
    ...(issuedTokenType === undefined ? {} : { issued_token_type: issuedTokenType }),
    ...(scope === undefined ? {} : { scope: scope.join(' ') }),
  };
});

function grant(form: TokenRequest, asking: Asking): Promise<Granted> {
  switch (form.grant_type) {
    case GRANT_TYPES.clientCredentials:
      return clientCredentials(form, asking);
    case GRANT_TYPES.tokenExchange:
      return tokenExchange(form, asking);
    case GRANT_TYPES.jwtBearer:
      return jwtBearer(form, asking);
  }
}
