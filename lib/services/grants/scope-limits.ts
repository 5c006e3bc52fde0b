import { DomainError, type GrantScope, type VerdictRules } from '@/lib/contracts';

/**
 * A grant stays within what an admin allows here.
 *
 * @throws DomainError 422 `grants_off`, `grant_over_limit`
 */
export function requireWithin(
  { uses, minutes }: GrantScope,
  { grantMostUses, grantMostMinutes }: VerdictRules,
): void {
  if (grantMostUses === 0 || grantMostMinutes === 0)
    throw new DomainError('unprocessable', 'grants_off', 'An admin has switched grants off here.');
  if (uses > grantMostUses || minutes > grantMostMinutes)
    throw new DomainError(
      'unprocessable',
      'grant_over_limit',
      `Here a grant has at most ${grantMostUses} uses and ${grantMostMinutes} minutes.`,
    );
}
