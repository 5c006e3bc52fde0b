/** A proof of possession (RFC 9449): this request, once, by whoever holds the key that the attestation names. */
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { ALGORITHMS, digestOf, PROOF_TYPE } from '../proof-form.js';
import { Refused } from './refused.js';

/** A proof is good for this long around its time, in seconds. */
export const PROOF_SECONDS = 60;

export interface ShownProof {
  readonly proof: string;
  readonly attestation: string;
  /** The thumbprint that the attestation names. */
  readonly jkt: string;
  readonly method: string;
  /** The address as callers know it, without query. */
  readonly address: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** @returns what tells this proof from every other @throws Refused `proof_invalid` */
export async function verifiedProof(shown: ShownProof): Promise<string> {
  const { proof, attestation, jkt, method, address, now } = shown;
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
    algorithms: ALGORITHMS,
    typ: PROOF_TYPE,
    requiredClaims: ['jti', 'iat'],
    currentDate: new Date(now),
  }).catch(() => {
    throw refused('it is not signed as it has to be');
  });
  const { kty, crv, x } = protectedHeader.jwk ?? {};
  const key = { ...(kty && { kty }), ...(crv && { crv }), ...(x && { x }) };
  if ((await calculateJwkThumbprint(key).catch(() => '')) !== jkt)
    throw refused('its key is not the one that the attestation names');
  if (payload['htm'] !== method) throw refused('it is for another method');
  if (payload['htu'] !== address) throw refused('it is for another address');
  if (payload['ath'] !== (await digestOf(attestation)))
    throw refused('it goes with another attestation');
  const seconds = now / 1000;
  if (Math.abs(seconds - (payload.iat ?? 0)) > PROOF_SECONDS)
    throw refused('it was made too long ago, or by a clock that is wrong');
  // Its own name may be as long as a header: what is kept of it is not.
  return `${jkt} ${await digestOf(String(payload.jti))}`;
}

const refused = (why: string) => new Refused('proof_invalid', `The proof is refused: ${why}.`);

/** Remembers proofs for as long as they could be shown again. */
export interface SeenProofs {
  /**
   * @param proof who showed it, a space, and what tells it from their others
   * @param until milliseconds since the epoch, after which it may be forgotten
   * @returns false when it was noted before
   */
  readonly note: (proof: string, until: number) => boolean | Promise<boolean>;
}

/** In this process. Several processes that serve one address need one of their own making, on what they share. */
export class SeenInMemory implements SeenProofs {
  readonly #seen = new Map<string, number>();
  /** How many of them each caller showed. */
  readonly #shown = new Map<string, number>();

  /**
   * @param most what is kept at once, of one caller a quarter; at that load they are not let in, rather than a repeated request
   */
  constructor(
    private readonly most = 100_000,
    private readonly clock: () => number = Date.now,
  ) {}

  note(proof: string, until: number): boolean {
    if (this.#seen.has(proof)) return false;
    const caller = callerOf(proof);
    if (this.#isFull(caller)) this.#forgetOld();
    if (this.#isFull(caller)) throw new Refused('too_many_proofs', 'Try again in some seconds.');
    this.#seen.set(proof, until);
    this.#shown.set(caller, (this.#shown.get(caller) ?? 0) + 1);
    return true;
  }

  #isFull(caller: string): boolean {
    const share = Math.max(1, Math.floor(this.most / 4));
    return this.#seen.size >= this.most || (this.#shown.get(caller) ?? 0) >= share;
  }

  #forgetOld(): void {
    const now = this.clock();
    // Those who are over their share come here with every proof: the oldest first, and no further than it helps.
    for (const [proof, until] of this.#seen) {
      if (until >= now) return;
      this.#seen.delete(proof);
      const caller = callerOf(proof);
      const left = (this.#shown.get(caller) ?? 1) - 1;
      if (left > 0) this.#shown.set(caller, left);
      else this.#shown.delete(caller);
    }
  }
}

const callerOf = (proof: string): string => proof.split(' ', 1)[0] ?? '';
