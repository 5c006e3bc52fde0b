import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { makePerson, makeWorkspace } from '@/lib/services/testing/fixture';
import type { PersonActor } from './actor';
import { findLogin } from './logins';
import { signIn } from './testing/cookie';
import { hashPassword } from './password';
import { PasswordsBusy } from './password-turns';
import {
  signInWithOidc as signInWithIdentity,
  signInWithPassword,
  SignInThrottled,
  type OidcIdentity,
} from './sign-in';

const NOW = new Date();
let person: PersonActor;

beforeEach(async () => {
  person = await makePerson((await makeWorkspace()).id, 'reviewer');
  await sql('UPDATE people SET password_hash = $2 WHERE id = $1', [
    person.personId,
    await hashPassword('a long enough password'),
  ]);
});

const disable = () => sql('UPDATE people SET disabled_at = now() WHERE id = $1', [person.personId]);

describe('signing in with a password', () => {
  const withPassword = (password: string, email = person.email, browser?: string) =>
    signInWithPassword({ email, password, browser }, NOW);

  it('takes the e-mail address in any case', async () => {
    expect(await withPassword('a long enough password', ` ${person.email.toUpperCase()} `)).toEqual(
      { personId: person.personId },
    );
  });

  it('lets in nobody who is wrong, unknown or disabled, and knows whose password it was not', async () => {
    const failed = { failedFor: person.personId };
    expect(await withPassword('wrong')).toEqual(failed);
    expect(await withPassword('wrong', `${randomUUID()}@example.org`)).toEqual({});
    await disable();
    expect(await withPassword('a long enough password')).toEqual(failed);
  });

  it('makes guessers wait, also with the right password, and says for how long', async () => {
    for (let n = 0; n < 5; n += 1) await withPassword(`guess ${n}`);
    await expect(withPassword('a long enough password')).rejects.toThrow(SignInThrottled);
    await expect(withPassword('a long enough password')).rejects.toMatchObject({ waitSeconds: 15 });
  });

  it('keeps a stranger who guesses from shutting out a known browser, which waits for its own', async () => {
    for (let n = 0; n < 5; n += 1) await withPassword(`guess ${n}`);
    await expect(withPassword('a long enough password')).rejects.toThrow(SignInThrottled);
    const browser = randomUUID();
    expect(await withPassword('a long enough password', person.email, browser)).toEqual({
      personId: person.personId,
    });
    for (let n = 0; n < 5; n += 1) await withPassword(`guess ${n}`, person.email, browser);
    await expect(withPassword('a long enough password', person.email, browser)).rejects.toThrow(
      SignInThrottled,
    );
  });

  it('refuses a flood of addresses at once, without a row for those it refused, and known browsers go on', async () => {
    const flood = Array.from({ length: 40 }, () => `${randomUUID()}@example.org`);
    const tries = Promise.allSettled(flood.map((email) => withPassword('guess', email)));
    expect(await withPassword('a long enough password', person.email, randomUUID())).toEqual({
      personId: person.personId,
    });
    const refused = (await tries).filter(
      (one) => one.status === 'rejected' && one.reason instanceof PasswordsBusy,
    );
    expect(refused).toHaveLength(23);
    const rows = await sql('SELECT 1 FROM sign_in_failures WHERE email = ANY($1)', [flood]);
    expect(rows).toHaveLength(17);
  });

  it('counts guesses that are made at the same time', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => withPassword(`guess ${n}`)),
    );
    expect(tries.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(7);
  });
});

describe('signing in through an identity provider', () => {
  const signInWithOidc = (given: OidcIdentity) => signInWithIdentity(given, NOW);
  const identity = (changes = {}) => ({
    issuer: 'https://idp.example.org',
    subject: randomUUID(),
    email: person.email,
    emailVerified: true,
    ...changes,
  });

  it('links somebody who was invited by a verified e-mail address, once', async () => {
    const first = identity();
    expect(await signInWithOidc(first)).toEqual({ personId: person.personId });
    // Afterwards the subject counts, whatever the e-mail address has become.
    expect(await signInWithOidc({ ...first, email: 'other@example.org' })).toEqual({
      personId: person.personId,
    });
  });

  it('leaves nothing of a one-time password that somebody else has seen, nor of who came in by it', async () => {
    await sql('UPDATE people SET must_change_password = true WHERE id = $1', [person.personId]);
    const { loginId } = await signIn(person.personId);
    await signInWithOidc(identity());
    const password = 'a long enough password';
    expect(await signInWithPassword({ email: person.email, password }, NOW)).toEqual({
      failedFor: person.personId,
    });
    expect(await findLogin({ loginId, personId: person.personId }, NOW)).toBeUndefined();
  });

  it('leaves a password of their own, and their logins', async () => {
    const { loginId } = await signIn(person.personId);
    await signInWithOidc(identity());
    const password = 'a long enough password';
    expect(await signInWithPassword({ email: person.email, password }, NOW)).toEqual({
      personId: person.personId,
    });
    expect(await findLogin({ loginId, personId: person.personId }, NOW)).toBeDefined();
  });

  it('does not link a second identity to somebody who has one', async () => {
    await signInWithOidc(identity());
    expect(await signInWithOidc(identity())).toEqual({ refused: 'not_invited' });
  });

  it('refuses an address the provider has not verified', async () => {
    expect(await signInWithOidc(identity({ emailVerified: false }))).toEqual({
      refused: 'email_not_verified',
    });
    expect(await signInWithOidc(identity({ email: undefined }))).toEqual({
      refused: 'email_not_verified',
    });
  });

  it('refuses somebody nobody invited, and makes no account', async () => {
    const email = `${randomUUID()}@example.org`;
    expect(await signInWithOidc(identity({ email }))).toEqual({ refused: 'not_invited' });
    expect(await sql('SELECT 1 FROM people WHERE email = $1', [email])).toEqual([]);
  });

  it('refuses a disabled person, linked or not', async () => {
    const linked = identity();
    await signInWithOidc(linked);
    await disable();
    expect(await signInWithOidc(linked)).toEqual({ refused: 'disabled' });
  });

  it('takes the same subject of another issuer for somebody else', async () => {
    const first = identity();
    await signInWithOidc(first);
    expect(await signInWithOidc({ ...first, issuer: 'https://evil.example' })).toEqual({
      refused: 'not_invited',
    });
  });
});
