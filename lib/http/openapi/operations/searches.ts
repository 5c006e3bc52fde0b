import {
  accessRequestInputSchema,
  accessTaskAnswerSchema,
  actionSearchAnswerSchema,
  actionSearchSchema,
  entitySearchAnswerSchema,
  resourceSearchSchema,
  subjectSearchSchema,
} from '@/lib/contracts';
import { AGENT, type Operation } from '../operation';

const SEARCH = {
  method: 'post',
  tag: 'Decisions',
  callers: ['token', 'key'],
  description:
    'OpenID AuthZEN 1.0. What an evaluation would permit as things stand; it writes nothing and permits nothing. An agent sees ' +
    'itself alone. `page.token` goes on with the same question of the same caller; a page may be short and still have a next one.',
  status: 200,
  problems: {
    400: ['invalid_page_token'],
    403: ['subject_mismatch'],
    429: ['too_many_open'],
  },
} as const satisfies Partial<Operation>;

const REQUEST = { tag: 'Decisions', callers: AGENT, permission: 'agents.speak' } as const;

/** The access request profile of AuthZEN (draft 1). */
export const ACCESS_REQUESTS: readonly Operation[] = [
  {
    ...REQUEST,
    method: 'post',
    path: '/access/v1/requests',
    id: 'requestAccess',
    summary: 'Ask for the approval of an action that waits for a person',
    description:
      'After an evaluation with `context.access_request`: the same subject, action and resource, and `denial.evaluation_id`. The task ' +
      'stands for the approval that waits already. 201 instead of 202 when a person has decided meanwhile. Problems that the profile ' +
      'names have its types, `urn:openid:authzen:access-request:error:CODE`.',
    body: accessRequestInputSchema,
    idempotent: true,
    status: 202,
    answer: accessTaskAnswerSchema,
    problems: {
      400: ['not_requestable', 'invalid_denial_binding', 'callback_refused'],
      403: ['subject_mismatch'],
      409: ['duplicate_request'],
    },
  },
  {
    ...REQUEST,
    method: 'get',
    path: '/access/v1/requests/{id}',
    id: 'readAccessTask',
    summary: 'Read how a task stands, and the approval once it is approved',
    description:
      'Evaluate the action again with `result.approval` in `context.approval`: that lets it run, once. A verdict that can still be ' +
      'taken back is pending.',
    status: 200,
    answer: accessTaskAnswerSchema,
  },
];

export const SEARCHES: readonly Operation[] = [
  {
    ...SEARCH,
    path: '/access/v1/search/subject',
    id: 'searchSubjects',
    summary: 'Who may do this to that',
    body: subjectSearchSchema,
    answer: entitySearchAnswerSchema,
  },
  {
    ...SEARCH,
    path: '/access/v1/search/resource',
    id: 'searchResources',
    summary: 'What somebody may do this to',
    description: `${SEARCH.description} An agent is told of resources that its pact names, and of none while it names none.`,
    problems: { ...SEARCH.problems, 403: ['subject_mismatch', 'resources_not_named'] },
    body: resourceSearchSchema,
    answer: entitySearchAnswerSchema,
  },
  {
    ...SEARCH,
    path: '/access/v1/search/action',
    id: 'searchActions',
    summary: 'What somebody may do to that',
    body: actionSearchSchema,
    answer: actionSearchAnswerSchema,
  },
];
