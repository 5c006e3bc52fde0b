import { requirePermission } from '@/lib/auth';
import { notFound, type ReviewDetail, type ReviewedCall } from '@/lib/contracts';
import { sql, type Sql } from '@/lib/db';
import {
  APPROVAL_COLUMNS,
  serializeApproval,
  type ApprovalRow,
} from '@/lib/services/approvals/approval-rows';
import { readCall } from '@/lib/services/approvals/get';
import type { ServiceContext } from '@/lib/services/context';
import {
  partiesOfAction,
  selectFeedback,
  serializeFeedback,
  speaksAs,
} from '@/lib/services/feedback/feedback-rows';
import { requireId } from '@/lib/services/ids';
import { REVIEW_COLUMNS, REVIEW_TABLES, serializeReview, type ReviewRow } from './review-rows';

/** A sample with the call as it was made, and what around it helps to judge it. @throws DomainError `not_found` */
export async function getReview(context: ServiceContext, id: string): Promise<ReviewDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const own = speaksAs(actor);
  const [row] = await sql<ReviewRow>(
    `SELECT ${REVIEW_COLUMNS} FROM ${REVIEW_TABLES} WHERE s.workspace_id = $1 AND s.id = $3`,
    [workspaceId, own, requireId(id, 'sample')],
  );
  if (row === undefined) throw notFound('sample');
  const [call, said, parties] = await Promise.all([
    readRan(sql, workspaceId, row.id, now),
    selectFeedback(sql, workspaceId, [row.id]),
    partiesOfAction(sql, workspaceId, row),
  ]);
  const review = serializeReview(actor, { ...row, parties }, now);
  // Two looks are two looks only while the second person does not know the first one's word.
  const readable = review.mine !== null || review.state !== 'open' ? said : [];
  return { ...review, call, said: readable.map(serializeFeedback) };
}

/**
 * A decision in the clothes of an approval: all that is read of one is there, and what only an approval has is null. Filling the
 * row type of the table keeps up with columns that are added to it.
 */
const RAN_AS_APPROVAL = `decisions d
  JOIN agents a ON a.workspace_id = d.workspace_id AND a.id = d.agent_id
  JOIN trust_states t ON t.workspace_id = d.workspace_id AND t.agent_id = d.agent_id
  LEFT JOIN tools tool ON tool.workspace_id = d.workspace_id AND tool.name = d.tool
  CROSS JOIN LATERAL jsonb_populate_record(NULL::approvals, jsonb_build_object('workspace_id', d.workspace_id, 'id', d.id,
    'decision_id', d.id, 'agent_id', d.agent_id, 'tool', d.tool, 'risk', coalesce(tool.risk, 'high'), 'digest', d.digest,
    'state', 'approved', 'requested_at', d.decided_at, 'expires_at', d.decided_at)) ap`;

async function readRan(
  run: Sql,
  workspaceId: string,
  decisionId: string,
  now: Date,
): Promise<ReviewedCall> {
  const [row] = await run<ApprovalRow>(
    `SELECT ${APPROVAL_COLUMNS} FROM ${RAN_AS_APPROVAL} WHERE d.workspace_id = $1 AND d.id = $2`,
    [workspaceId, decisionId],
  );
  if (row === undefined) throw notFound('decision');
  const { digest, agent, action, resource, reasons, risk, sessionId } = serializeApproval(row, now);
  const call = await readCall(workspaceId, row, now);
  return { digest, decisionId, agent, action, resource, reasons, risk, sessionId, ...call };
}
