/** Permits, for the services that tools run on: checked offline, spent online. */
import { errorOf, noAnswer } from '../belay-error.js';
import { PERMIT_TYPE } from '../proof-form.js';
import type { AgentAction, AgentResource } from '../wire.js';
import { actionDigest } from './action-digest.js';
import { localKeys, verifiedClaims, type BelayKeys } from './keys.js';
import { Refused } from './refused.js';

export interface PermitExpectation {
  /** The keys of the Belay that is trusted: `remoteKeys(url)`, or a JWK Set that is at hand. */
  readonly jwks: BelayKeys | { readonly keys: readonly object[] };
  /** The public address of that Belay. */
  readonly issuer: string;
  /** The action that is about to run, as it will run. */
  readonly action: AgentAction;
  readonly resource: AgentResource;
  /** Who asks for it to run; any agent when absent. */
  readonly agent?: string | undefined;
  /** The session it was asked in, as the caller passes it on with the permit; none when absent. */
  readonly session?: string | null | undefined;
  /** The version of the policy it was decided under, as the caller passes it on with the permit. */
  readonly policyVersion: string | number;
  /** How far clocks may differ; 5 unless given. */
  readonly clockSkewSeconds?: number | undefined;
  /** Milliseconds since the epoch; the present unless given. */
  readonly now?: number | undefined;
}

export interface VerifiedPermit {
  readonly permitId: string;
  readonly decisionId: string;
  readonly agentId: string;
  readonly digest: string;
  readonly expiresAt: Date;
}

/**
 * Checks a permit without asking anybody: signed by that Belay with an algorithm that is expected, not over, and for exactly this
 * action. It does not say whether the permit was spent, or what was stopped meanwhile: `redeemPermit` does.
 *
 * @throws Refused `permit_invalid`, `permit_expired`, `permit_of_another`, `action_differs`, `keys_unavailable`
 */
export async function verifyPermit(
  token: string,
  expected: PermitExpectation,
): Promise<VerifiedPermit> {
  const { jwks, issuer, agent, clockSkewSeconds = 5, now = Date.now() } = expected;
  const claims = await verifiedClaims(token, {
    keys: typeof jwks === 'function' ? jwks : localKeys(jwks),
    issuer,
    type: PERMIT_TYPE,
    clockSkewSeconds,
    now,
    required: ['sub', 'jti', 'exp', 'decision', 'digest'],
    codes: { invalid: 'permit_invalid', expired: 'permit_expired' },
  });
  const { sub = '', jti = '', exp = 0 } = claims;
  if (agent !== undefined && agent !== sub)
    throw new Refused('permit_of_another', 'The permit names another agent.');
  const digest = await actionDigest({
    action: expected.action,
    resource: expected.resource,
    agent: sub,
    session: expected.session ?? null,
    policyVersion: String(expected.policyVersion),
  });
  if (digest !== claims['digest'])
    throw new Refused(
      'action_differs',
      'The tool, its arguments, the resource, the session or the policy are not those of the permit.',
    );
  const decisionId = String(claims['decision']);
  return { permitId: jti, decisionId, agentId: sub, digest, expiresAt: new Date(exp * 1000) };
}

export interface Redemption {
  /** Where Belay answers. */
  readonly url: string;
  /** An API key of role `gateway`. */
  readonly key: string;
  readonly decisionId: string;
  readonly action: AgentAction;
  readonly resource: AgentResource;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Spends a permit on behalf of the agent, once: from then on nobody else can. Everything is checked again as it stands now.
 *
 * @throws Refused `not_redeemable` with the reason; BelayError when Belay does not answer or takes no such key
 */
export async function redeemPermit(redemption: Redemption): Promise<{ redeemedAt: string }> {
  const { url, key, decisionId, action, resource, signal } = redemption;
  const send = redemption.fetch ?? fetch;
  const path = `/api/v1/decisions/${encodeURIComponent(decisionId)}/redeem`;
  const response = await send(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action, resource }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    throw signal?.aborted === true ? error : noAnswer();
  });
  if (response.ok) return (await response.json()) as { redeemedAt: string };
  const error = await errorOf(response);
  if (error.status === 409 || error.status === 422)
    throw new Refused('not_redeemable', `${error.detail} (${error.code})`);
  throw error;
}
