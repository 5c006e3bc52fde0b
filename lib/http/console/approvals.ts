import {
  approvalListQuerySchema,
  approveRequestSchema,
  bulkUndoRequestSchema,
  bulkVerdictRequestSchema,
  commentListQuerySchema,
  commentRequestSchema,
  rejectRequestSchema,
} from '@/lib/contracts';
import { approveAction } from '@/lib/services/approvals/approve';
import { decideTogether } from '@/lib/services/approvals/bulk';
import { claimApproval } from '@/lib/services/approvals/claim';
import { addComment } from '@/lib/services/approvals/comment';
import { listComments } from '@/lib/services/approvals/comments';
import { getApproval } from '@/lib/services/approvals/get';
import { listApprovals } from '@/lib/services/approvals/list';
import { rejectAction } from '@/lib/services/approvals/reject';
import { releaseApproval } from '@/lib/services/approvals/release';
import { undoTogether, undoVerdict } from '@/lib/services/approvals/undo';
import { logError } from '@/lib/http/log';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getApprovals = consoleHandler(
  { query: approvalListQuerySchema },
  (context, { query }) => listApprovals(context, query),
);
export const getOneApproval = consoleHandler({}, (context, { params }) =>
  getApproval(context, segment(params, 'id')),
);
export const postClaim = consoleHandler({}, (context, { params }) =>
  claimApproval(context, segment(params, 'id')),
);
export const postRelease = consoleHandler({}, (context, { params }) =>
  releaseApproval(context, segment(params, 'id')),
);
export const postApproval = consoleHandler(
  { body: approveRequestSchema },
  (context, { params, body }) => approveAction(context, segment(params, 'id'), body),
);
export const postRejection = consoleHandler(
  { body: rejectRequestSchema },
  (context, { params, body }) => rejectAction(context, segment(params, 'id'), body),
);
export const postComment = creatingHandler(
  commentRequestSchema,
  (context, { params, body }) => addComment(context, segment(params, 'id'), body.body),
  getApproval,
);
export const getComments = consoleHandler(
  { query: commentListQuerySchema },
  (context, { params, query }) => listComments(context, segment(params, 'id'), query),
);
export const postUndo = consoleHandler({}, (context, { params }) =>
  undoVerdict(context, segment(params, 'id')),
);
export const postBulkUndo = consoleHandler({ body: bulkUndoRequestSchema }, (context, { body }) =>
  undoTogether(context, body.ids),
);
export const postBulk = consoleHandler({ body: bulkVerdictRequestSchema }, (context, { body }) =>
  decideTogether(context, body, (approval, error) =>
    logError('one of several verdicts failed', { requestId: context.requestId, approval, error }),
  ),
);
