/** The console's endpoints as tables, for tests that hold for every one of them. */
import { newId } from '@/lib/db';
import type { Handler } from '@/lib/http/handler';
import { newPublicKey } from '@/lib/services/testing/fixture';
import * as activity from '../activity';
import * as agents from '../agents';
import * as approvals from '../approvals';
import { getAttestation } from '../attestation';
import * as feedback from '../feedback';
import * as governance from '../governance';
import * as switches from '../kill-switches';
import * as ledger from '../ledger';
import * as policies from '../policies';
import * as reviewing from '../reviewing';
import * as settings from '../settings';

export interface Call {
  readonly method?: string;
  readonly params?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

/** Things of one workspace. Filled before a call is made, so an endpoint reads them when it is asked. */
export interface KnownIds {
  agent: string;
  approval: string;
  incident: string;
  killSwitch: string;
  decision: string;
  person: string;
  key: string;
  digest: string;
}

export type Endpoint = [name: string, handler: Handler, call: (ids: KnownIds) => Call];

/** Everything that names a thing of the workspace: none of it may exist for anybody else. */
export const WITH_IDS: Endpoint[] = [
  ['GET agent', agents.getOneAgent, (ids) => ({ params: { id: ids.agent } })],
  ['GET history', agents.getHistory, (ids) => ({ params: { id: ids.agent } })],
  [
    'POST override',
    agents.postOverride,
    (ids) => ({
      method: 'POST',
      params: { id: ids.agent },
      body: { rung: 2, until: new Date(Date.now() + 60_000).toISOString(), reason: 'x' },
    }),
  ],
  [
    'DELETE override',
    agents.deleteOverride,
    (ids) => ({ method: 'DELETE', params: { id: ids.agent, overrideId: newId() } }),
  ],
  [
    'POST revoke',
    agents.postRevocation,
    (ids) => ({ method: 'POST', params: { id: ids.agent }, body: { reason: 'x' } }),
  ],
  [
    'PATCH agent',
    agents.patchAgent,
    (ids) => ({ method: 'PATCH', params: { id: ids.agent }, body: { version: '2' } }),
  ],
  [
    'PUT pact',
    agents.putPact,
    (ids) => ({
      method: 'PUT',
      params: { id: ids.agent },
      body: { pact: { tools: [] }, reason: 'x', basedOn: 1 },
    }),
  ],
  [
    'POST lift',
    agents.postLift,
    (ids) => ({
      method: 'POST',
      params: { id: ids.agent, restriction: newId() },
      body: { reason: 'x' },
    }),
  ],
  ['GET attestation', getAttestation, (ids) => ({ params: { id: ids.agent } })],
  [
    'POST key',
    agents.postKey,
    (ids) => ({ method: 'POST', params: { id: ids.agent }, body: { publicKey: newPublicKey() } }),
  ],
  ['GET approval', approvals.getOneApproval, (ids) => ({ params: { id: ids.approval } })],
  ['GET comments', approvals.getComments, (ids) => ({ params: { id: ids.approval } })],
  ['POST claim', approvals.postClaim, (ids) => ({ method: 'POST', params: { id: ids.approval } })],
  [
    'POST release',
    approvals.postRelease,
    (ids) => ({ method: 'POST', params: { id: ids.approval } }),
  ],
  [
    'POST approve',
    approvals.postApproval,
    (ids) => ({ method: 'POST', params: { id: ids.approval }, body: { digest: ids.digest } }),
  ],
  [
    'POST reject',
    approvals.postRejection,
    (ids) => ({ method: 'POST', params: { id: ids.approval }, body: { reason: 'other' } }),
  ],
  [
    'POST comment',
    approvals.postComment,
    (ids) => ({ method: 'POST', params: { id: ids.approval }, body: { body: 'x' } }),
  ],
  ['GET feedback', feedback.getFeedback, (ids) => ({ params: { id: ids.decision } })],
  [
    'POST feedback',
    feedback.postFeedback,
    (ids) => ({
      method: 'POST',
      params: { id: ids.decision },
      body: { verdict: 'complaint', reason: 'x' },
    }),
  ],
  [
    'POST switch release',
    switches.postSwitchRelease,
    (ids) => ({ method: 'POST', params: { id: ids.killSwitch }, body: { reason: 'x' } }),
  ],
  ['GET incident', governance.getOneIncident, (ids) => ({ params: { id: ids.incident } })],
  [
    'PATCH incident',
    governance.patchIncident,
    (ids) => ({ method: 'PATCH', params: { id: ids.incident }, body: { state: 'closed' } }),
  ],
  [
    'POST root cause',
    governance.postRootCause,
    (ids) => ({ method: 'POST', params: { id: ids.incident }, body: { rootCause: 'x' } }),
  ],
  [
    'PATCH person',
    settings.patchPerson,
    (ids) => ({ method: 'PATCH', params: { id: ids.person }, body: { role: 'admin' } }),
  ],
  ['DELETE key', settings.deleteApiKey, (ids) => ({ method: 'DELETE', params: { id: ids.key } })],
];

export const LISTS: Endpoint[] = [
  ['overview', activity.overview, () => ({})],
  ['decisions', activity.getDecisions, () => ({})],
  ['sessions', activity.getSessions, () => ({})],
  ['agents', agents.getAgents, () => ({})],
  ['approvals', approvals.getApprovals, () => ({})],
  ['kill switches', switches.getKillSwitches, () => ({})],
  ['tools', governance.getTools, () => ({})],
  ['ladders', governance.getLadders, () => ({})],
  ['policies', policies.getPolicies, () => ({})],
  ['incidents', governance.getIncidents, () => ({})],
  ['reviews', reviewing.getReviews, () => ({})],
  ['ledger', ledger.getLedger, () => ({})],
  ['ledger export', ledger.getExport, () => ({})],
  ['verification', ledger.postVerification, () => ({ method: 'POST' })],
  ['people', settings.getPeople, () => ({})],
  ['API keys', settings.getApiKeys, () => ({})],
];
