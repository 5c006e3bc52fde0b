/** Signing in: with a password, or through the identity provider of the installation. */
import { sql } from '@/lib/db';
import { verifyPassword } from './password';
import { forgetFailures, takeTry } from './sign-in-throttle';

/** A sign-in that must wait. The message is shown to the person as it is. */
export class SignInThrottled extends Error {
  override readonly name = 'SignInThrottled';

  constructor(readonly waitSeconds: number) {
    super(
      `Too many failed sign-ins for this address. Try again in ${
        waitSeconds < 90 ? `${waitSeconds} seconds` : `${Math.ceil(waitSeconds / 60)} minutes`
      }.`,
    );
  }
}

/**
 * The id of the person with this e-mail address and password. Unknown, disabled and wrong are one answer, and take equally long.
 *
 * @throws SignInThrottled
 */
export async function signInWithPassword(
  credentials: { email: string; password: string },
  now: Date,
): Promise<string | undefined> {
  const email = credentials.email.trim().toLowerCase();
  const waitSeconds = await takeTry(email, now);
  if (waitSeconds > 0) throw new SignInThrottled(waitSeconds);
  const [person] = await sql<{ id: string; password_hash: string | null }>(
    'SELECT id, password_hash FROM people WHERE email = $1 AND disabled_at IS NULL',
    [email],
  );
  const matches = await verifyPassword(credentials.password, person?.password_hash ?? null);
  if (!matches || person === undefined) return undefined;
  await forgetFailures(email);
  return person.id;
}

export interface OidcIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
}

export type OidcSignIn =
  | { readonly personId: string }
  | { readonly refused: 'not_invited' | 'email_not_verified' | 'disabled' };

/**
 * Who an identity of the provider is here. Only somebody who was invited comes in: the first time by a verified e-mail
 * address, afterwards by issuer and subject, which the provider never gives to anybody else.
 */
export async function signInWithOidc(identity: OidcIdentity): Promise<OidcSignIn> {
  const linked = await personBySubject(identity);
  if (linked !== undefined)
    return linked.disabled ? { refused: 'disabled' } : { personId: linked.id };
  if (identity.email === undefined || !identity.emailVerified)
    return { refused: 'email_not_verified' };
  const [person] = await sql<{ id: string }>(
    `UPDATE people SET oidc_issuer = $2, oidc_subject = $3, must_change_password = false
     WHERE email = $1 AND disabled_at IS NULL AND oidc_subject IS NULL RETURNING id`,
    [identity.email.toLowerCase(), identity.issuer, identity.subject],
  );
  return person === undefined ? { refused: 'not_invited' } : { personId: person.id };
}

async function personBySubject({ issuer, subject }: OidcIdentity) {
  const [person] = await sql<{ id: string; disabled: boolean }>(
    'SELECT id, disabled_at IS NOT NULL AS disabled FROM people WHERE oidc_issuer = $1 AND oidc_subject = $2',
    [issuer, subject],
  );
  return person;
}
