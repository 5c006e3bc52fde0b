import { askBasePolicy } from './base-policy/ask';
import { committer } from './committer';
import type { Decided } from './decide-batch';
import type { Proposal } from './facts';

/**
 * Decides an action: the customer's own decision point first, where there is one, then the batch.
 *
 * @throws what `Committer.submit` throws; DatabaseUnavailable. A decision point that fails is a deny, not an error
 */
export async function submitAction(workspaceId: string, proposal: Proposal): Promise<Decided> {
  const base = await askBasePolicy(workspaceId, proposal);
  return committer().submit(workspaceId, base === undefined ? proposal : { ...proposal, base });
}
