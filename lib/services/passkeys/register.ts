/** Making a passkey: the server gives a challenge, the device makes a key pair, and the server keeps the public half. */
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import {
  DomainError,
  type CredentialOptions,
  type Passkey,
  type PasskeyInput,
} from '@/lib/contracts';
import { newId, sql, withTransaction, type Sql } from '@/lib/db';
import { notePerson } from '@/lib/services/people/note-person';
import { requireRecent, type PasskeyContext } from './own';
import {
  namedToBrowser,
  PASSKEY_COLUMNS,
  passkeysOf,
  serializePasskey,
  type PasskeyRow,
} from './passkey-rows';
import { relyingParty } from './relying-party';

const REGISTRATION_MS = 5 * 60_000;
/** Most passkeys of one person. */
const MOST_PASSKEYS = 20;

/**
 * The options for the browser. A second call makes the first one's challenge void.
 *
 * @throws DomainError `recent_sign_in_needed`, `too_many_passkeys`
 */
export async function beginPasskey(context: PasskeyContext): Promise<CredentialOptions> {
  const { actor, now } = context;
  requireRecent(context);
  const existing = await passkeysOf(sql, actor.personId);
  if (existing.length >= MOST_PASSKEYS)
    throw new DomainError(
      'unprocessable',
      'too_many_passkeys',
      `A person has at most ${MOST_PASSKEYS} passkeys. Remove one that is not used.`,
    );
  const { id, name } = relyingParty();
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userName: actor.email,
    userDisplayName: actor.name,
    userID: new Uint8Array(Buffer.from(actor.personId)),
    attestationType: 'none',
    excludeCredentials: existing.map(namedToBrowser),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
    timeout: REGISTRATION_MS,
  });
  await sql(
    `INSERT INTO passkey_registrations (person_id, challenge, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET challenge = excluded.challenge, expires_at = excluded.expires_at`,
    [actor.personId, options.challenge, new Date(now.getTime() + REGISTRATION_MS)],
  );
  return { ...options };
}

/**
 * Keeps the public half of what the device has made.
 *
 * @throws DomainError `recent_sign_in_needed`, `passkey_not_made`, `passkey_known`
 */
export async function registerPasskey(
  context: PasskeyContext,
  { name, registration }: PasskeyInput,
): Promise<Passkey> {
  const { actor, now } = context;
  requireRecent(context);
  return withTransaction(async (run) => {
    const challenge = await takeChallenge(run, context);
    const verified = await verifyMade(registration, challenge);
    const { credential, credentialBackedUp } = verified;
    const [row] = await run<PasskeyRow>(
      `INSERT INTO passkeys (id, person_id, credential_id, public_key, counter, transports, name, synced, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (credential_id) DO NOTHING RETURNING ${PASSKEY_COLUMNS}`,
      [
        newId(),
        actor.personId,
        credential.id,
        Buffer.from(credential.publicKey),
        credential.counter,
        registration.response.transports ?? [],
        name,
        credentialBackedUp,
        now,
      ],
    );
    if (row === undefined)
      throw new DomainError('conflict', 'passkey_known', 'This passkey is registered already.');
    await notePerson(run, actor.personId, now, {
      kind: 'passkey.added',
      by: `person:${actor.personId}`,
      body: { credential: row.credentialId, name },
    });
    return serializePasskey(row);
  });
}

/** The challenge of the person, which then is nobody's any more. */
async function takeChallenge(run: Sql, { actor, now }: PasskeyContext): Promise<string> {
  const [row] = await run<{ challenge: string; expires_at: Date }>(
    'DELETE FROM passkey_registrations WHERE person_id = $1 RETURNING challenge, expires_at',
    [actor.personId],
  );
  if (row === undefined || row.expires_at <= now) throw notMade('It took too long.');
  return row.challenge;
}

async function verifyMade(
  response: PasskeyInput['registration'],
  expectedChallenge: string,
): Promise<NonNullable<VerifiedRegistrationResponse['registrationInfo']>> {
  const { id, origin } = relyingParty();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.registrationInfo !== undefined) return verified.registrationInfo;
  throw notMade('What the browser sent is not what was asked for.');
}

const notMade = (why: string) =>
  new DomainError('unprocessable', 'passkey_not_made', `${why} Begin again.`);
