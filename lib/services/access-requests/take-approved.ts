/** An approval that is named lets its action run once: the evaluation that names it is what spends its permit. */
import { DomainError, notFound } from '@/lib/contracts';
import { send, withTransaction, type Sql } from '@/lib/db';
import {
  claimKeys,
  decidedBefore,
  keyInProgress,
  nameOfKey,
  passingFrom,
  redeemPermitIn,
  rememberKeys,
  type Decided,
  type KeyedRequest,
  type Redemption,
  type Remembered,
} from '@/lib/decide';

/** What is remembered of a keyed request that spent a permit: the answer of its decision is another one. */
interface Taken {
  readonly taken: string;
}

/**
 * Spends the permit of an approved action; of any number at once one does. The ledger says who.
 *
 * @param keyed is remembered with it, so that the same request with the same key finds what it did
 * @returns false when the permit cannot be redeemed, for whatever reason
 * @throws DomainError 409 `in_progress` while another request with this key is at work
 */
export async function takeApproved(
  redemption: Redemption,
  keyed: KeyedRequest | undefined,
): Promise<boolean> {
  const { workspaceId, decisionId, now } = redemption;
  const clock = passingFrom(now);
  try {
    await withTransaction(async (sql) => {
      if (keyed !== undefined) {
        const free = await claimKeys(sql, workspaceId, [keyed]);
        if (!free.has(nameOfKey(keyed))) throw keyInProgress();
        const response: Taken = { taken: decisionId };
        await send(sql, rememberKeys([{ ...keyed, decisionId: null, response }], now));
      }
      await redeemPermitIn(sql, redemption, clock);
    });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'in_progress') return false;
    throw error;
  }
}

/** @returns the decision whose permit a remembered request spent; undefined when it did something else */
export function takenBy({ decisionId, response }: Remembered): string | undefined {
  if (decisionId !== null || typeof response !== 'object' || response === null) return undefined;
  const { taken } = response as Partial<Taken>;
  return taken;
}

/**
 * A decision as it was answered to whoever spent its permit.
 *
 * @throws DomainError `not_found`
 */
export async function decidedTaken(sql: Sql, workspaceId: string, id: string): Promise<Decided> {
  const decided = await decidedBefore(sql, workspaceId, id);
  const [permit] = await sql<{ id: string; digest: string; expiresAt: Date }>(
    `SELECT id, digest, expires_at AS "expiresAt" FROM permits
     WHERE workspace_id = $1 AND decision_id = $2 AND redeemed_at IS NOT NULL`,
    [workspaceId, id],
  );
  if (permit === undefined) throw notFound('permit');
  return {
    ...decided,
    // Of what may run: where a reviewer changed the arguments, of the action with these.
    digest: permit.digest,
    outcome: 'allow',
    reasons: [{ code: 'approval.approved', text: 'A person approved exactly this action.' }],
    permit: { id: permit.id, expiresAt: permit.expiresAt.getTime() },
  };
}
