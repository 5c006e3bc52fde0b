/** Why somebody is not let in: a table of stable codes, and the answer they get (RFC 9457). */

/** Status and title of each refusal. 401: show other credentials. 403: these are in order, and do not suffice. */
export const REFUSALS = {
  attestation_missing: [401, 'No attestation was shown'],
  attestation_invalid: [401, 'The attestation is not one of the Belay that is trusted here'],
  attestation_expired: [401, 'The attestation has expired'],
  attestation_stale: [401, 'The attestation is older than this service takes'],
  wrong_audience: [401, 'The attestation is for another service'],
  proof_missing: [401, 'No proof was shown that the attestation is the caller’s own'],
  proof_invalid: [401, 'The proof is not for this request, or not by the agent of the attestation'],
  proof_replayed: [401, 'The proof was shown before'],
  agent_stopped: [403, 'The agent is suspended, stopped or restricted'],
  trust_too_low: [403, 'The trust in the agent is too low'],
  rung_too_low: [403, 'The agent stands on too low a rung'],
  layer_too_low: [403, 'A layer of the trust in the agent is too low or unknown'],
  scope_missing: [403, 'The pact of the agent does not hold what is asked for'],
  keys_unavailable: [503, 'The keys of Belay cannot be fetched right now'],
  too_many_proofs: [503, 'Too many requests to tell repeated ones apart'],
  permit_invalid: [401, 'The permit is not one of the Belay that is trusted here'],
  permit_expired: [401, 'The permit has expired'],
  permit_of_another: [403, 'The permit was given to another agent'],
  action_differs: [403, 'The permit is for another action'],
  not_redeemable: [409, 'The permit can no longer be spent'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: RefusalCode,
    /** For whoever reads the log of the caller; tells nothing that the caller does not know. */
    readonly detail: string,
  ) {
    super(`${detail} (${code})`);
    [this.status, this.title] = REFUSALS[code];
  }

  get problem() {
    const { code, detail, status, title } = this;
    return { type: `urn:belay:problem:${code}`, title, status, detail, code };
  }

  /** RFC 9110, section 11.6.1: a 401 says how to come in. */
  get headers(): Record<string, string> {
    return {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(this.status === 401 ? { 'www-authenticate': 'DPoP algs="EdDSA"' } : {}),
      ...(this.status === 503 ? { 'retry-after': '5' } : {}),
    };
  }

  toResponse(): Response {
    return new Response(JSON.stringify(this.problem), {
      status: this.status,
      headers: this.headers,
    });
  }
}
