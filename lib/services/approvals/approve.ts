import { requirePermission } from '@/lib/auth';
import type { ApprovalDetail, ApproveRequest } from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { decideApproval } from './decide';
import { askAboutEdits } from './edit';

/**
 * Lets the exact action run once: as it was sent, or with the arguments a reviewer changed.
 *
 * @throws DomainError those of `decideApproval`
 */
export async function approveAction(
  context: ServiceContext,
  id: string,
  { edits, ...approval }: ApproveRequest,
): Promise<ApprovalDetail> {
  if (edits === undefined) return decideApproval(context, id, { outcome: 'approved', ...approval });
  requirePermission(context.actor, 'approvals.decide');
  const asked = await askAboutEdits(context, requireId(id, 'approval'), edits);
  return decideApproval(context, id, { outcome: 'approved', ...approval, edits: asked });
}
