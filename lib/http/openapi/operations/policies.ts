import {
  listQuerySchema,
  policyApprovalSchema,
  policyInputSchema,
  policyListSchema,
  policyPreviewInputSchema,
  policyPreviewSchema,
  policyVersionSchema,
  policyWithdrawalSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

const TAG = 'Governance';
const READ = { callers: CONSOLE, permission: 'workspace.read', status: 200, tag: TAG } as const;
const EDIT = { callers: CONSOLE, permission: 'policies.edit', method: 'post', tag: TAG } as const;

export const POLICIES: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/policies',
    id: 'listPolicies',
    summary: 'List the versions of the policy, newest first',
    query: listQuerySchema,
    answer: policyListSchema,
  },
  {
    ...EDIT,
    path: '/api/v1/policies',
    id: 'createPolicy',
    summary: 'Write a new version of the policy',
    description:
      'Cedar text. It is validated first: `errors[].path` is `text:LINE:COLUMN`, or `tests.INDEX` for a test that fails. In force at once when it lets nothing more through than the version before; otherwise its state is `proposed` until a second person approves it.',
    body: policyInputSchema,
    idempotent: true,
    status: 201,
    answer: policyVersionSchema,
    problems: { 409: ['stale_version'], 422: ['invalid_policy', 'policy_test_failed'] },
  },
  {
    ...EDIT,
    path: '/api/v1/policies/preview',
    id: 'previewPolicy',
    summary: 'Read what a text would have changed, without changing anything',
    description:
      'Asks the newest recorded decisions, at most 2,000, again under the text and under the version in force; runs the tests; says whether the text lets more through.',
    body: policyPreviewInputSchema,
    status: 200,
    answer: policyPreviewSchema,
    problems: { 422: ['invalid_policy'] },
  },
  {
    ...EDIT,
    path: '/api/v1/policies/{version}/approve',
    id: 'approvePolicy',
    summary: 'Put a proposed version in force, as the second person',
    description: 'For a person who is signed in and did not propose it. Never for an API key.',
    body: policyApprovalSchema,
    status: 200,
    answer: policyVersionSchema,
    problems: {
      403: ['person_needed', 'own_change'],
      409: ['already_approved', 'already_withdrawn', 'stale_version'],
    },
  },
  {
    ...READ,
    method: 'post',
    path: '/api/v1/policies/{version}/withdraw',
    id: 'withdrawPolicy',
    summary: 'Take a proposed version back',
    description:
      'For whoever proposed it, and for those who may change the policy. It stays in the list, with the reason.',
    body: policyWithdrawalSchema,
    answer: policyVersionSchema,
    problems: { 409: ['already_approved', 'already_withdrawn', 'stale_version'] },
  },
];
