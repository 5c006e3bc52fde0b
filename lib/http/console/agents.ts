import {
  agentChangeSchema,
  agentInputSchema,
  agentListQuerySchema,
  agentRevocationSchema,
  explainQuerySchema,
  historyQuerySchema,
  keyRevocationSchema,
  keyRotationSchema,
  momentListQuerySchema,
  overrideInputSchema,
  pactChangeSchema,
  restrictionLiftSchema,
} from '@/lib/contracts';
import { changePact } from '@/lib/services/agents/change-pact';
import { changeAgentVersion } from '@/lib/services/agents/change-version';
import { explainAgent } from '@/lib/services/agents/explain';
import { getAgent } from '@/lib/services/agents/get';
import { getAgentHistory } from '@/lib/services/agents/history';
import { listAgents } from '@/lib/services/agents/list';
import { registerAgent } from '@/lib/services/agents/register';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { listAgentKeys } from '@/lib/services/agents/list-keys';
import { revokeAgentKey } from '@/lib/services/agents/revoke-key';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { getMoment } from '@/lib/services/moments/get';
import { listMoments } from '@/lib/services/moments/list';
import { createOverride } from '@/lib/services/overrides/create';
import { endOverride } from '@/lib/services/overrides/end';
import { liftRestriction } from '@/lib/services/restrictions/lift';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getAgents = consoleHandler({ query: agentListQuerySchema }, (context, { query }) =>
  listAgents(context, query),
);
export const postAgent = creatingHandler(agentInputSchema, (context, { body }) =>
  registerAgent(context, body),
);
export const getOneAgent = consoleHandler({}, (context, { params }) =>
  getAgent(context, segment(params, 'id')),
);
export const patchAgent = consoleHandler({ body: agentChangeSchema }, (context, { params, body }) =>
  changeAgentVersion(context, segment(params, 'id'), body.version),
);
export const putPact = consoleHandler({ body: pactChangeSchema }, (context, { params, body }) =>
  changePact(context, segment(params, 'id'), body),
);
export const postLift = consoleHandler(
  { body: restrictionLiftSchema },
  (context, { params, body }) =>
    liftRestriction(context, segment(params, 'id'), {
      restriction: segment(params, 'restriction'),
      reason: body.reason,
    }),
);
export const getHistory = consoleHandler(
  { query: historyQuerySchema },
  (context, { params, query }) => getAgentHistory(context, segment(params, 'id'), query),
);
export const getExplanation = consoleHandler(
  { query: explainQuerySchema },
  (context, { params, query }) => explainAgent(context, segment(params, 'id'), new Date(query.at)),
);
export const getMoments = consoleHandler(
  { query: momentListQuerySchema },
  (context, { params, query }) => listMoments(context, segment(params, 'id'), query),
);
export const getOneMoment = consoleHandler({}, (context, { params }) =>
  getMoment(context, segment(params, 'id'), segment(params, 'moment')),
);
export const postOverride = creatingHandler(overrideInputSchema, (context, { params, body }) =>
  createOverride(context, segment(params, 'id'), body),
);
export const deleteOverride = consoleHandler({}, (context, { params }) =>
  endOverride(context, segment(params, 'id'), segment(params, 'overrideId')),
);
export const postRevocation = consoleHandler(
  { body: agentRevocationSchema },
  (context, { params, body }) => revokeAgent(context, segment(params, 'id'), body.reason),
);
export const postKey = creatingHandler(
  keyRotationSchema,
  (context, { params, body: { publicKey, ...options } }) =>
    rotateAgentKey(context, segment(params, 'id'), publicKey, options),
);
export const getKeys = consoleHandler({}, (context, { params }) =>
  listAgentKeys(context, segment(params, 'id')),
);
export const postKeyRevocation = consoleHandler(
  { body: keyRevocationSchema },
  (context, { params, body }) =>
    revokeAgentKey(context, segment(params, 'id'), {
      kid: segment(params, 'kid'),
      reason: body.reason,
    }),
);
