/**
 * Who approves what is critical proves with a passkey that it is they, now, and for exactly this. The challenge a device signs is
 * the hash of what is approved, so the signature is worthless for anything else.
 */
import { randomBytes } from 'node:crypto';
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { requirePermission, type ConsoleActor, type PersonActor } from '@/lib/auth';
import {
  DomainError,
  notFound,
  type Assertion,
  type CredentialOptions,
  type Json,
  type StepUpMode,
  type StepUpRequest,
} from '@/lib/contracts';
import { sql as query, type Sql } from '@/lib/db';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { requirePerson } from '@/lib/services/passkeys/own';
import {
  namedToBrowser,
  PASSKEY_COLUMNS,
  passkeysOf,
  type PasskeyRow,
} from '@/lib/services/passkeys/passkey-rows';
import { relyingParty } from '@/lib/services/passkeys/relying-party';

/** How long a challenge can be answered. */
const CHALLENGE_MS = 2 * 60_000;

/** Everything a proof covers. */
interface AskedFor {
  readonly approval: string;
  readonly digest: string;
  readonly edits: Readonly<Record<string, Json>> | null;
  readonly person: string;
}

const hashOf = (workspaceId: string, asked: AskedFor): string =>
  sha256Hex(
    canonicalText({ domain: 'belay.step-up.v1', verdict: 'approved', workspaceId, ...asked }),
  );

/**
 * A challenge for one approval of one action by one person, good for two minutes and for one verdict.
 *
 * @throws DomainError `people_only`, `forbidden`, `not_found`, `passkey_required`
 */
export async function beginStepUp(
  { actor, now }: ServiceContext,
  id: string,
  { digest, edits }: StepUpRequest,
): Promise<CredentialOptions> {
  requirePermission(actor, 'approvals.decide');
  const { personId: person, workspaceId } = requirePerson(actor);
  const approval = requireId(id, 'approval');
  const found = await query('SELECT 1 FROM approvals WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    approval,
  ]);
  if (found.length === 0) throw notFound('approval');
  const passkeys = await passkeysOf(query, person);
  if (passkeys.length === 0) throw passkeyRequired();
  const asked = { approval, digest: digest.toLowerCase(), edits: edits ?? null, person };
  const askedFor = hashOf(workspaceId, asked);
  // What is signed commits to what is approved, and to a number nobody can know before.
  const challenge = Buffer.from(sha256Hex(`${askedFor}:${randomBytes(32).toString('hex')}`), 'hex');
  // One open challenge a person and approval: the newest.
  await query(
    'DELETE FROM step_up_challenges WHERE workspace_id = $1 AND approval_id = $2 AND person_id = $3',
    [workspaceId, approval, person],
  );
  await query(
    `INSERT INTO step_up_challenges (workspace_id, challenge, approval_id, person_id, asked_for, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      workspaceId,
      challenge.toString('base64url'),
      approval,
      person,
      askedFor,
      new Date(now.getTime() + CHALLENGE_MS),
    ],
  );
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: new Uint8Array(challenge),
    allowCredentials: passkeys.map(namedToBrowser),
    userVerification: 'required',
    timeout: CHALLENGE_MS,
  });
  return { ...options };
}

/** When people are asked here, and whether somebody has a passkey to be asked for. Without a workspace everybody is asked. */
export async function stepUpFactsOf(
  sql: Sql,
  workspaceId: string,
  personId: string,
): Promise<{ mode: StepUpMode; registered: boolean }> {
  const [facts] = await sql<{ mode: StepUpMode; registered: boolean }>(
    `SELECT step_up AS mode, EXISTS (SELECT 1 FROM passkeys WHERE person_id = $2) AS registered FROM workspaces WHERE id = $1`,
    [workspaceId, personId],
  );
  return facts ?? { mode: 'required', registered: false };
}

interface StepUp {
  readonly approval: string;
  readonly digest: string;
  readonly risk: string;
  readonly edits: Readonly<Record<string, Json>> | undefined;
  readonly assertion: Assertion | undefined;
}

/**
 * Asks a person for their passkey where the risk is critical, inside the verdict's transaction: the challenge is used up with it.
 *
 * @returns the id of the passkey's credential, for the ledger; nothing where none was needed
 * @throws DomainError 422 `step_up_needed`, `passkey_required`, `step_up_failed`
 */
export async function requireStepUp(
  sql: Sql,
  actor: PersonActor,
  now: Date,
  verdict: StepUp,
): Promise<string | undefined> {
  if (verdict.risk !== 'critical') return undefined;
  const asked = await whatIsAsked(sql, actor);
  if (asked === 'nothing') return undefined;
  if (asked === 'to add one') throw passkeyRequired();
  if (verdict.assertion === undefined)
    throw new DomainError(
      'unprocessable',
      'step_up_needed',
      'This call is critical risk: confirm with your passkey that it is you who approves it.',
    );
  return checkAssertion(sql, actor, now, { ...verdict, assertion: verdict.assertion });
}

/** Why a person cannot approve what is critical before they have added a passkey, or nothing when they can. */
export async function passkeyMissing(
  sql: Sql,
  actor: ConsoleActor,
  risk: string,
): Promise<DomainError | undefined> {
  if (risk !== 'critical' || actor.kind !== 'person') return undefined;
  return (await whatIsAsked(sql, actor)) === 'to add one' ? passkeyRequired() : undefined;
}

/** What a person is asked for where the risk is critical. */
async function whatIsAsked(
  sql: Sql,
  { workspaceId, personId }: PersonActor,
): Promise<'nothing' | 'a proof' | 'to add one'> {
  const { mode, registered } = await stepUpFactsOf(sql, workspaceId, personId);
  if (registered) return 'a proof';
  return mode === 'when_registered' ? 'nothing' : 'to add one';
}

async function checkAssertion(
  sql: Sql,
  { workspaceId, personId: person }: PersonActor,
  now: Date,
  { approval, digest, edits, assertion }: StepUp & { assertion: Assertion },
): Promise<string> {
  const challenge = challengeIn(assertion);
  const askedFor = hashOf(workspaceId, { approval, digest, edits: edits ?? null, person });
  const used = await sql(
    `DELETE FROM step_up_challenges WHERE workspace_id = $1 AND challenge = $2 AND approval_id = $3 AND person_id = $4
       AND asked_for = $5 AND expires_at > $6 RETURNING 1`,
    [workspaceId, challenge, approval, person, askedFor, now],
  );
  if (used.length === 0)
    throw stepUpFailed('It belongs to something else, is too old, or was used before.');
  const [passkey] = await sql<PasskeyRow>(
    `SELECT ${PASSKEY_COLUMNS} FROM passkeys WHERE person_id = $1 AND credential_id = $2 FOR UPDATE`,
    [person, assertion.id],
  );
  if (passkey === undefined) throw stepUpFailed('It is not one of your passkeys.');
  const counter = await verifySigned(assertion, challenge, passkey);
  await sql('UPDATE passkeys SET counter = $2, last_used_at = $3 WHERE id = $1', [
    passkey.id,
    counter,
    now,
  ]);
  return passkey.credentialId;
}

/** @returns the new signature counter; one that did not rise, where a device counts, is a copied key and refused */
async function verifySigned(
  response: Assertion,
  expectedChallenge: string,
  passkey: PasskeyRow,
): Promise<number> {
  const { id, origin } = relyingParty();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
    },
  }).catch(() => undefined);
  if (verified?.verified !== true) throw stepUpFailed('Its signature does not count here.');
  return verified.authenticationInfo.newCounter;
}

/** The challenge the device says it signed; the signature over it is checked afterwards. */
function challengeIn({ response }: Assertion): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString());
    if (typeof data === 'object' && data !== null && 'challenge' in data)
      return String(data.challenge);
  } catch {
    // Falls through to the refusal.
  }
  throw stepUpFailed('It cannot be read.');
}

const stepUpFailed = (why: string) =>
  new DomainError(
    'unprocessable',
    'step_up_failed',
    `The proof by passkey does not count. ${why} Try again.`,
  );

const passkeyRequired = () =>
  new DomainError(
    'unprocessable',
    'passkey_required',
    'Approving what is critical needs a passkey, and you have none yet. Add one in Settings, under "You".',
  );
