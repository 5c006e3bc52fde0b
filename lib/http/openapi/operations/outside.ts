/** What Belay asks outside: the customer's own decision point and detector. */
import {
  accessModelInputSchema,
  accessModelSchema,
  basePolicyInputSchema,
  basePolicySchema,
  basePolicyTryInputSchema,
  basePolicyTrySchema,
  detectorHealthSchema,
  detectorInputSchema,
  detectorSchema,
  detectorTryInputSchema,
  detectorTrySchema,
  outsideHealthSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

const TAG = 'Governance';
const READ = {
  callers: CONSOLE,
  permission: 'workspace.read',
  status: 200,
  tag: TAG,
  method: 'get',
} as const;
const NAME = {
  callers: CONSOLE,
  permission: 'workspace.manage',
  status: 201,
  tag: TAG,
  method: 'post',
} as const;
const TRY = {
  callers: CONSOLE,
  permission: 'policies.edit',
  status: 200,
  tag: TAG,
  method: 'post',
} as const;
const SEEN_BY_ONE =
  'As the process that answers has seen it since it started or the setting changed.';

export const OUTSIDE: readonly Operation[] = [
  {
    ...READ,
    path: '/api/v1/base-policy',
    id: 'getBasePolicy',
    summary: 'Read whom this workspace asks before Belay decides',
    answer: basePolicySchema,
  },
  {
    ...NAME,
    path: '/api/v1/base-policy',
    id: 'setBasePolicy',
    summary: 'Name your own decision point: OPA, any AuthZEN one, or nobody',
    description:
      'Belay only narrows what it answers. When it fails, is too slow or answers nonsense, the action is denied.',
    body: basePolicyInputSchema,
    answer: basePolicySchema,
    problems: { 409: ['stale_version'] },
  },
  {
    ...READ,
    path: '/api/v1/base-policy/health',
    id: 'getBasePolicyHealth',
    summary: 'Read how your own decision point is doing',
    description: SEEN_BY_ONE,
    answer: outsideHealthSchema,
  },
  {
    ...TRY,
    path: '/api/v1/base-policy/try',
    id: 'tryBasePolicy',
    summary: 'Ask your own decision point about a made-up call',
    description: 'Decides nothing. A failure is the deny that a real call would get.',
    body: basePolicyTryInputSchema,
    answer: basePolicyTrySchema,
    problems: { 422: ['no_decision_point'] },
  },
  {
    ...READ,
    path: '/api/v1/base-policy/access-model',
    id: 'getAccessModel',
    summary: 'Read what holds for subjects that are no agents',
    answer: accessModelSchema,
  },
  {
    ...NAME,
    path: '/api/v1/base-policy/access-model',
    id: 'setAccessModel',
    summary:
      'Write what holds for subjects that are no agents: Cedar policies, their schema, and the entities they know',
    description:
      'A new version of the base policy; the decision point outside stays as it is, and is asked instead where one is named.',
    body: accessModelInputSchema,
    answer: accessModelSchema,
    problems: { 409: ['stale_version'], 422: ['invalid_access_model'] },
  },
  {
    ...READ,
    path: '/api/v1/detector',
    id: 'getDetector',
    summary: 'Read whom this workspace asks about texts that agents have read',
    answer: detectorSchema,
  },
  {
    ...NAME,
    path: '/api/v1/detector',
    id: 'setDetector',
    summary: 'Name your own detector, or nobody',
    description:
      'Belay posts `{id, text, truncated}` and reads `{probability, labels, spans}`. It is asked after an outcome was stored and can only narrow what comes later; when it fails, nothing waits for it.',
    body: detectorInputSchema,
    answer: detectorSchema,
    problems: { 409: ['stale_version'] },
  },
  {
    ...READ,
    path: '/api/v1/detector/health',
    id: 'getDetectorHealth',
    summary: 'Read how your own detector is doing',
    description: SEEN_BY_ONE,
    answer: detectorHealthSchema,
  },
  {
    ...TRY,
    path: '/api/v1/detector/try',
    id: 'tryDetector',
    summary: 'Ask your own detector about a text',
    description: 'Marks nothing.',
    body: detectorTryInputSchema,
    answer: detectorTrySchema,
    problems: { 422: ['no_detector'] },
  },
];
