/** Approvals for a scope. */
import { grantListQuerySchema } from '@/lib/contracts';
import { listGrants } from '@/lib/services/grants/list';
import { revokeGrant } from '@/lib/services/grants/revoke';
import { consoleHandler, segment } from './console-handler';

export const getGrants = consoleHandler({ query: grantListQuerySchema }, (context, { query }) =>
  listGrants(context, query),
);
export const postGrantRevoke = consoleHandler({}, (context, { params }) =>
  revokeGrant(context, segment(params, 'id')),
);
