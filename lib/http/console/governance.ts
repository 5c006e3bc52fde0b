/** Tools, ladders and incidents. */
import {
  incidentInputSchema,
  incidentListQuerySchema,
  incidentPatchSchema,
  ladderInputSchema,
  listQuerySchema,
  rootCauseSchema,
  toolInputSchema,
} from '@/lib/contracts';
import { changeIncident, setRootCause } from '@/lib/services/incidents/change';
import { createIncident } from '@/lib/services/incidents/create';
import { getIncident } from '@/lib/services/incidents/get';
import { listIncidents } from '@/lib/services/incidents/list';
import { createLadder } from '@/lib/services/ladders/create';
import { listLadders } from '@/lib/services/ladders/list';
import { listResponses } from '@/lib/services/responses/list';
import { listTools } from '@/lib/services/tools/list';
import { putTool } from '@/lib/services/tools/put';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getTools = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listTools(context, query),
);
export const postTool = creatingHandler(toolInputSchema, (context, { body }) =>
  putTool(context, body),
);

export const getLadders = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listLadders(context, query),
);
export const postLadder = creatingHandler(ladderInputSchema, (context, { body }) =>
  createLadder(context, body),
);

/** Which threshold leads to which response. */
export const getResponses = consoleHandler({}, (context) => listResponses(context));

export const getIncidents = consoleHandler(
  { query: incidentListQuerySchema },
  (context, { query }) => listIncidents(context, query),
);
export const postIncident = creatingHandler(incidentInputSchema, (context, { body }) =>
  createIncident(context, body),
);
export const getOneIncident = consoleHandler({}, (context, { params }) =>
  getIncident(context, segment(params, 'id')),
);
export const patchIncident = consoleHandler(
  { body: incidentPatchSchema },
  (context, { params, body }) => changeIncident(context, segment(params, 'id'), body.state),
);
export const postRootCause = consoleHandler(
  { body: rootCauseSchema },
  (context, { params, body }) => setRootCause(context, segment(params, 'id'), body.rootCause),
);
