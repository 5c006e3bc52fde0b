import { requirePermission } from '@/lib/auth';
import { notFound, type FeedbackList } from '@/lib/contracts';
import { sql, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import {
  mayGive,
  partiesOfAction,
  selectAction,
  selectFeedback,
  serializeFeedback,
  speaksAs,
} from './feedback-rows';

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
  const own = speaksAs(actor);
  const spoken = said.some(({ person }) => person === own);
  const readable =
    spoken || (await isSettled(sql, actor.workspaceId, decisionId))
      ? said
      : said.filter(({ sampleId }) => sampleId === null);
  const parties = await partiesOfAction(sql, actor.workspaceId, action);
  return {
    items: readable.map(serializeFeedback),
    mayGive: mayGive(actor, action, { said: spoken, parties }, now),
  };
}

/** While a sample waits for a second look, the second person must not read what the first one said. */
async function isSettled(run: Sql, workspaceId: string, decisionId: string): Promise<boolean> {
  const open = await run(
    'SELECT 1 FROM review_samples WHERE workspace_id = $1 AND decision_id = $2 AND done_at IS NULL',
    [workspaceId, decisionId],
  );
  return open.length === 0;
}
