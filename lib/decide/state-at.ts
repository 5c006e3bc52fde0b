/**
 * Where something that waits for a person stands at `now`: time ends the waiting at once, and the sweep (`expire-approvals.ts`)
 * only writes it down. Whoever shows or checks a state asks here, so that all of them agree from the same moment.
 *
 * @param expiresAt when the waiting ends; null for what never waited
 */
export function stateAt<State extends string>(
  state: State,
  expiresAt: Date | null,
  now: Date,
): State | 'expired' {
  return state === 'pending' && expiresAt !== null && expiresAt <= now ? 'expired' : state;
}
