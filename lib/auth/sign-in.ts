/** Signing in: with a password, or through the identity provider of the installation. */
import { sql, withTransaction } from '@/lib/db';
import { revokeLoginsOf } from './logins';
import { verifyPassword } from './password';
import { inTurn } from './password-turns';
import { forgetFailures, takeTry } from './sign-in-throttle';

/** A sign-in that must wait. */
export class SignInThrottled extends Error {
  override readonly name = 'SignInThrottled';

  constructor(readonly waitSeconds: number) {
    super(`Too many failed sign-ins for this address. Try again in ${waitSeconds} seconds.`);
  }
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** The id of a browser this address has signed in with before (`lib/auth/known-browser.ts`). */
  readonly browser?: string | undefined;
}

/** How a try ended: who is in, or whose password it was not; nobody's when the address is unknown. */
export type PasswordTry =
  { readonly personId: string } | { readonly failedFor: string | undefined };

/**
 * Whether an e-mail address and password belong together. Unknown, disabled and wrong take equally long, and the caller makes
 * one answer of them.
 *
 * @throws SignInThrottled; PasswordsBusy
 */
export async function signInWithPassword(
  credentials: Credentials,
  now: Date,
): Promise<PasswordTry> {
  const email = credentials.email.trim().toLowerCase();
  const { browser } = credentials;
  const source = browser === undefined ? 'anywhere' : (`browser:${browser}` as const);
  return inTurn(browser === undefined ? 'strangers' : 'known', async () => {
    const waitSeconds = await takeTry(email, now, source);
    if (waitSeconds > 0) throw new SignInThrottled(waitSeconds);
    const [person] = await sql<{ id: string; password_hash: string | null; disabled: boolean }>(
      'SELECT id, password_hash, disabled_at IS NOT NULL AS disabled FROM people WHERE email = $1',
      [email],
    );
    const stored = person?.disabled === false ? person.password_hash : null;
    const matches = await verifyPassword(credentials.password, stored);
    if (!matches || person === undefined) return { failedFor: person?.id };
    await forgetFailures(email, source);
    return { personId: person.id };
  });
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
export async function signInWithOidc(identity: OidcIdentity, now: Date): Promise<OidcSignIn> {
  const linked = await personBySubject(identity);
  if (linked !== undefined)
    return linked.disabled ? { refused: 'disabled' } : { personId: linked.id };
  if (identity.email === undefined || !identity.emailVerified)
    return { refused: 'email_not_verified' };
  const personId = await link({ ...identity, email: identity.email.toLowerCase() }, now);
  return personId === undefined ? { refused: 'not_invited' } : { personId };
}

/**
 * A password of one's own stays, for the day the provider is away. A one-time password somebody else has seen must not become
 * one: it goes, and with it whoever came in by it.
 */
function link(
  { email, issuer, subject }: OidcIdentity & { email: string },
  now: Date,
): Promise<string | undefined> {
  return withTransaction(async (run) => {
    const [person] = await run<{ id: string; must_change_password: boolean }>(
      `SELECT id, must_change_password FROM people
       WHERE email = $1 AND disabled_at IS NULL AND oidc_subject IS NULL FOR UPDATE`,
      [email],
    );
    if (person === undefined) return undefined;
    await run(
      `UPDATE people SET oidc_issuer = $2, oidc_subject = $3, must_change_password = false,
         password_hash = CASE WHEN must_change_password THEN NULL ELSE password_hash END WHERE id = $1`,
      [person.id, issuer, subject],
    );
    if (person.must_change_password) await revokeLoginsOf(run, person.id, now);
    return person.id;
  });
}

async function personBySubject({ issuer, subject }: OidcIdentity) {
  const [person] = await sql<{ id: string; disabled: boolean }>(
    'SELECT id, disabled_at IS NOT NULL AS disabled FROM people WHERE oidc_issuer = $1 AND oidc_subject = $2',
    [issuer, subject],
  );
  return person;
}
