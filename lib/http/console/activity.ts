/** What happened: overview, decisions and sessions. */
import { decisionListQuerySchema } from '@/lib/contracts';
import { listDecisions } from '@/lib/services/decisions/list';
import { getOverview } from '@/lib/services/overview/get';
import { listSessions, sessionListQuerySchema } from '@/lib/services/sessions/list';
import { consoleHandler } from './console-handler';

export const overview = consoleHandler({}, (context) => getOverview(context));
export const getDecisions = consoleHandler(
  { query: decisionListQuerySchema },
  (context, { query }) => listDecisions(context, query),
);
export const getSessions = consoleHandler({ query: sessionListQuerySchema }, (context, { query }) =>
  listSessions(context, query),
);
