import {
  approvalDetailSchema,
  approvalListQuerySchema,
  approvalPageSchema,
  approveRequestSchema,
  commentRequestSchema,
  rejectRequestSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

const CLOSED = ['already_decided', 'expired', 'cancelled', 'claimed'];
const OWN = ['own_agent', 'own_request', 'own_delegation', 'own_key', 'second_person_needed'];

export const APPROVALS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/approvals',
    id: 'listApprovals',
    tag: 'Approvals',
    summary: 'List approvals, pending ones unless told',
    callers: CONSOLE,
    permission: 'workspace.read',
    query: approvalListQuerySchema,
    status: 200,
    answer: approvalPageSchema,
  },
  {
    method: 'get',
    path: '/api/v1/approvals/{id}',
    id: 'getApproval',
    tag: 'Approvals',
    summary: 'Read everything a reviewer needs to decide',
    callers: CONSOLE,
    permission: 'workspace.read',
    status: 200,
    answer: approvalDetailSchema,
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/claim',
    id: 'claimApproval',
    tag: 'Approvals',
    summary: 'Say that you are looking at it',
    callers: CONSOLE,
    permission: 'approvals.decide',
    status: 200,
    answer: approvalDetailSchema,
    problems: { 403: OWN, 409: CLOSED },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/release',
    id: 'releaseApproval',
    tag: 'Approvals',
    summary: 'Give it back to the queue',
    callers: CONSOLE,
    permission: 'approvals.decide',
    status: 200,
    answer: approvalDetailSchema,
    problems: { 409: CLOSED },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/approve',
    id: 'approveAction',
    tag: 'Approvals',
    summary: 'Approve this one action',
    description:
      '`digest` must be the one of the approval as read: what is approved is what was seen. Of two reviewers one verdict counts; ' +
      'the other gets 409 with who was first in `facts`. With `edits` other arguments run instead of those that were sent: all of them, ' +
      'with the types they had. They are judged again as if the agent had asked; what would be denied or only suggested cannot be ' +
      'approved (422, and nothing has changed). A call of critical risk is approved only with the id of its resource in `target`, and by a person who has a passkey (or where the workspace demands one) only with `assertion`, from `POST .../step-up`. The agent reads them in `verdict.edit` of its decision and can redeem nothing else.',
    callers: CONSOLE,
    permission: 'approvals.decide',
    body: approveRequestSchema,
    status: 200,
    answer: approvalDetailSchema,
    problems: {
      403: OWN,
      409: [...CLOSED, 'stale_digest', 'stopped', 'edits_need_new_request'],
      429: ['verdict_limit'],
      422: [
        'target_not_confirmed',
        'step_up_needed',
        'passkey_required',
        'step_up_failed',
        'edits_do_not_fit',
        'edits_change_nothing',
        'edit_not_allowed',
        'edits_need_one_person',
        'trust_fell',
      ],
    },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/reject',
    id: 'rejectAction',
    tag: 'Approvals',
    summary: 'Reject this action with a typed reason',
    callers: CONSOLE,
    permission: 'approvals.decide',
    body: rejectRequestSchema,
    status: 200,
    answer: approvalDetailSchema,
    problems: { 403: OWN, 409: CLOSED },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/undo',
    id: 'undoVerdict',
    tag: 'Approvals',
    summary: 'Take your own verdict back',
    description:
      'For a verdict that was given with `undoable`, until `verdict.undoUntil` and while its permit is not redeemed. The call waits again; ' +
      'the permit is dead (409 `verdict_undone` when the agent redeems it), and the verdict was never evidence. An approval that ' +
      'waits for a second person can be taken back for as long as it waits.',
    callers: CONSOLE,
    permission: 'approvals.decide',
    status: 200,
    answer: approvalDetailSchema,
    problems: {
      403: ['not_your_verdict'],
      409: ['nothing_to_undo', 'undo_over', 'already_redeemed'],
    },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/comment',
    id: 'commentOnApproval',
    tag: 'Approvals',
    summary: 'Comment, whatever the state',
    callers: CONSOLE,
    permission: 'approvals.comment',
    body: commentRequestSchema,
    status: 201,
    answer: approvalDetailSchema,
  },
];
