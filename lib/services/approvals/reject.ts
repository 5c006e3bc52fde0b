import type { ApprovalDetail, RejectRequest } from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { decideApproval } from './decide';

/** Refuses the action; the typed reason becomes evidence about the agent. @throws DomainError those of `decideApproval` */
export function rejectAction(
  context: ServiceContext,
  id: string,
  { reason, comment, undoable }: RejectRequest,
): Promise<ApprovalDetail> {
  return decideApproval(context, id, { outcome: 'rejected', reason, comment, undoable });
}
