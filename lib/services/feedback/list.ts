import { requirePermission } from '@/lib/auth';
import { notFound, type FeedbackList } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { mayGive, selectAction, selectFeedback, serializeFeedback } from './feedback-rows';

/** What people said of an action, and whether whoever asks may say something. @throws DomainError `not_found` */
export async function listFeedback(
  { actor, now }: ServiceContext,
  id: string,
): Promise<FeedbackList> {
  requirePermission(actor, 'workspace.read');
  const decisionId = requireId(id, 'decision');
  const action = await selectAction(sql, actor.workspaceId, decisionId);
  if (action === undefined) throw notFound('decision');
  const said = await selectFeedback(sql, actor.workspaceId, [decisionId]);
  return { items: said.map(serializeFeedback), mayGive: mayGive(actor, action, said, now) };
}
