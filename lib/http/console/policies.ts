/** The trust policy: its versions, what a change would do, and the second person. */
import {
  listQuerySchema,
  notFound,
  policyApprovalSchema,
  policyInputSchema,
  policyPreviewInputSchema,
  policyWithdrawalSchema,
} from '@/lib/contracts';
import { approvePolicy } from '@/lib/services/policies/approve';
import { createPolicy } from '@/lib/services/policies/create';
import { listPolicies } from '@/lib/services/policies/list';
import { previewPolicy } from '@/lib/services/policies/preview';
import { withdrawPolicy } from '@/lib/services/policies/withdraw';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getPolicies = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listPolicies(context, query),
);
export const postPolicy = creatingHandler(policyInputSchema, (context, { body }) =>
  createPolicy(context, body),
);
export const postPolicyPreview = consoleHandler(
  { body: policyPreviewInputSchema },
  (context, { body }) => previewPolicy(context, body),
);
export const postPolicyApproval = consoleHandler(
  { body: policyApprovalSchema },
  (context, { params, body }) =>
    approvePolicy(context, versionNumber(segment(params, 'version')), body.comment),
);
export const postPolicyWithdrawal = consoleHandler(
  { body: policyWithdrawalSchema },
  (context, { params, body }) =>
    withdrawPolicy(context, versionNumber(segment(params, 'version')), body.reason),
);

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound('version of the policy');
  return Number(text);
}
