import {
  incidentInputSchema,
  incidentListQuerySchema,
  incidentPageSchema,
  incidentPatchSchema,
  incidentSchema,
  killSwitchListSchema,
  killSwitchSchema,
  ladderInputSchema,
  ladderListSchema,
  ladderVersionSchema,
  listQuerySchema,
  responseListSchema,
  rootCauseSchema,
  switchImpactQuerySchema,
  switchImpactSchema,
  switchInputSchema,
  switchReleaseSchema,
  switchSetSchema,
  toolInputSchema,
  toolPageSchema,
  toolSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';
import { OUTSIDE } from './outside';
import { OWN_AGENT } from './own-part';
import { POLICIES } from './policies';

const READ = { callers: CONSOLE, permission: 'workspace.read', status: 200 } as const;

export const KILL_SWITCHES: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/kill-switches',
    id: 'listKillSwitches',
    tag: 'Kill switches',
    summary: 'List kill switches, those in force first',
    query: listQuerySchema,
    answer: killSwitchListSchema,
  },
  {
    method: 'post',
    path: '/api/v1/kill-switches',
    id: 'setKillSwitch',
    tag: 'Kill switches',
    summary: 'Stop an agent, a tool, a tag or everything',
    description:
      'Once this answers, no decision in scope allows anything, in any process. `ended` says what was cancelled with it.',
    callers: CONSOLE,
    permission: 'switches.set',
    body: switchInputSchema,
    idempotent: true,
    status: 201,
    answer: switchSetSchema,
    problems: { 409: ['already_in_force'] },
  },
  {
    ...READ,
    method: 'get',
    path: '/api/v1/kill-switches/impact',
    id: 'switchImpact',
    tag: 'Kill switches',
    summary: 'Read what a switch would end if it were set now',
    query: switchImpactQuerySchema,
    answer: switchImpactSchema,
  },
  {
    method: 'post',
    path: '/api/v1/kill-switches/{id}/release',
    id: 'releaseKillSwitch',
    tag: 'Kill switches',
    summary: 'Release a kill switch',
    callers: CONSOLE,
    permission: 'switches.release',
    body: switchReleaseSchema,
    status: 200,
    answer: killSwitchSchema,
    problems: { 403: [...OWN_AGENT], 409: ['already_released'] },
  },
];

const TOOLS: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/tools',
    id: 'listTools',
    tag: 'Governance',
    summary: 'List the tool catalogue',
    query: listQuerySchema,
    answer: toolPageSchema,
  },
  {
    method: 'post',
    path: '/api/v1/tools',
    id: 'putTool',
    tag: 'Governance',
    summary: 'Describe a tool, new or known',
    description:
      'A tool that is not in the catalogue counts as a write that cannot be undone, reaches outside and is of high risk.',
    callers: CONSOLE,
    permission: 'tools.edit',
    body: toolInputSchema,
    idempotent: true,
    status: 201,
    answer: toolSchema,
  },
];

const VERSIONS: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/ladders',
    id: 'listLadders',
    tag: 'Governance',
    summary: 'List the versions of the ladder, newest first',
    query: listQuerySchema,
    answer: ladderListSchema,
  },
  {
    method: 'post',
    path: '/api/v1/ladders',
    id: 'createLadder',
    tag: 'Governance',
    summary: 'Put a new version of the ladder in force',
    callers: CONSOLE,
    permission: 'ladders.edit',
    body: ladderInputSchema,
    idempotent: true,
    status: 201,
    answer: ladderVersionSchema,
    problems: { 409: ['stale_version'], 422: ['invalid_ladder'] },
  },
];

const RESPONSES: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/responses',
    id: 'listResponses',
    tag: 'Governance',
    summary: 'Read which threshold leads to which response',
    description:
      'What a signal or a rule leads to besides its weight in the score: a restriction of the agent, an incident, or both. ' +
      'An incident of severity 1 suspends the agent until its root cause is written down.',
    answer: responseListSchema,
  },
];

const INCIDENTS: readonly Operation[] = [
  {
    ...READ,
    method: 'get',
    path: '/api/v1/incidents',
    id: 'listIncidents',
    tag: 'Governance',
    summary: 'List incidents, newest first',
    query: incidentListQuerySchema,
    answer: incidentPageSchema,
  },
  {
    method: 'post',
    path: '/api/v1/incidents',
    id: 'createIncident',
    tag: 'Governance',
    summary: 'Open an incident by hand',
    callers: CONSOLE,
    permission: 'incidents.manage',
    body: incidentInputSchema,
    idempotent: true,
    status: 201,
    answer: incidentSchema,
  },
  {
    ...READ,
    method: 'get',
    path: '/api/v1/incidents/{id}',
    id: 'getIncident',
    tag: 'Governance',
    summary: 'Read one incident with its evidence',
    answer: incidentSchema,
  },
  {
    method: 'patch',
    path: '/api/v1/incidents/{id}',
    id: 'changeIncident',
    tag: 'Governance',
    summary: 'Move an incident on',
    callers: CONSOLE,
    permission: 'incidents.manage',
    body: incidentPatchSchema,
    status: 200,
    answer: incidentSchema,
    problems: { 403: [...OWN_AGENT], 409: ['incident_closed'], 422: ['root_cause_required'] },
  },
  {
    method: 'post',
    path: '/api/v1/incidents/{id}/root-cause',
    id: 'setRootCause',
    tag: 'Governance',
    summary: 'Write down what it was',
    description:
      'Reinstates an agent that was suspended, when no other incident of severity 1 still lacks its root cause. ' +
      'The owner of the agent cannot do that for it.',
    callers: CONSOLE,
    permission: 'incidents.manage',
    body: rootCauseSchema,
    status: 200,
    answer: incidentSchema,
    problems: { 403: [...OWN_AGENT] },
  },
];

export const GOVERNANCE: readonly Operation[] = [
  ...TOOLS,
  ...VERSIONS,
  ...POLICIES,
  ...OUTSIDE,
  ...RESPONSES,
  ...INCIDENTS,
];
