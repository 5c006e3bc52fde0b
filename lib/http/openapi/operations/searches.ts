import {
  actionSearchAnswerSchema,
  actionSearchSchema,
  entitySearchAnswerSchema,
  resourceSearchSchema,
  subjectSearchSchema,
} from '@/lib/contracts';
import type { Operation } from '../operation';

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
