import { DomainError, type ApprovalDetail, type ApproveRequest } from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { decideApproval } from './decide';

/**
 * Lets the exact action run once.
 *
 * @throws DomainError those of `decideApproval`, and `edits_not_supported`
 */
export function approveAction(
  context: ServiceContext,
  id: string,
  { digest, comment, edits }: ApproveRequest,
): Promise<ApprovalDetail> {
  if (edits !== undefined)
    throw new DomainError(
      'unprocessable',
      'edits_not_supported',
      'Approving with edits is not possible yet. Reject with the reason "wrong arguments" and say in the comment what you would change.',
    );
  return decideApproval(context, id, { outcome: 'approved', digest, comment });
}
