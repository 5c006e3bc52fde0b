/** Asking for grants: POST and GET for programs, verdicts for people. */
import { hasPermission, requirePermission, type ConsoleActor } from '@/lib/auth';
import {
  anyProgram,
  isSigned,
  ownAgent,
  requireActiveAgent,
  spokenFor,
  type AgentCaller,
  type BodyReader,
} from '@/lib/auth/agents';
import { activeCaller } from '@/lib/http/agents/active-caller';
import {
  DomainError,
  grantApprovalSchema,
  grantRequestInputSchema,
  grantRequestListQuerySchema,
  MAX_AGENT_BODY_BYTES,
  rejectRequestSchema,
} from '@/lib/contracts';
import { consoleHandler, segment } from '@/lib/http/console/console-handler';
import { consoleActor } from '@/lib/auth';
import { proposalOf } from '@/lib/http/agents/proposal';
import { handle } from '@/lib/http';
import { keyedRequest } from '@/lib/http/idempotent';
import { isUuid } from '@/lib/db';
import { approveGrantRequest, rejectGrantRequest } from '@/lib/services/grants/decide-request';
import { listGrantRequests, readGrantRequest } from '@/lib/services/grants/read-requests';
import { requestGrant } from '@/lib/services/grants/request';

/** An agent, a gateway, and whoever may read the workspace. */
async function reader(request: Request, body: BodyReader): Promise<AgentCaller | ConsoleActor> {
  if (request.headers.get('authorization') === null && !isSigned(request)) {
    const person = await consoleActor(request);
    requirePermission(person, 'workspace.read');
    return person;
  }
  const caller = await anyProgram(request, body);
  if (caller.kind === 'key' && !hasPermission(caller.role, 'agents.speak'))
    requirePermission(caller, 'workspace.read');
  await requireActiveAgent(caller);
  return caller;
}

/** POST /api/v1/grants/requests */
export const postGrantRequest = handle(
  {
    auth: activeCaller,
    body: grantRequestInputSchema,
    maxBodyBytes: MAX_AGENT_BODY_BYTES,
    status: 201,
  },
  async ({ who, body, requestId, now, request }) => {
    const agentId = spokenFor(who, body.agent ?? ownAgent(who) ?? '');
    if (!isUuid(agentId))
      throw new DomainError(
        'malformed',
        'agent_missing',
        '"agent": the id of the agent is needed.',
      );
    const subject = { type: 'agent', id: agentId };
    const proposal = proposalOf(who, { ...body, subject }, { agentId, requestId });
    const { chain, scope } = proposal;
    const keyed = keyedRequest({ request, actor: who, body: { body, chain, scope } });
    const id = await requestGrant(who, proposal, body, { now, keyed });
    return readGrantRequest({ workspaceId: who.workspaceId, agentId, id }, now);
  },
);

/** GET /api/v1/grants/requests/:id */
export const getGrantRequest = handle({ auth: reader }, ({ who, params, now }) => {
  const agentId = who.kind === 'person' ? undefined : ownAgent(who);
  const id = segment(params, 'id');
  return readGrantRequest({ workspaceId: who.workspaceId, agentId, id }, now);
});

export const getGrantRequests = consoleHandler(
  { query: grantRequestListQuerySchema },
  (context, { query }) => listGrantRequests(context, query),
);
export const postGrantApprove = consoleHandler(
  { body: grantApprovalSchema },
  (context, { params, body }) => approveGrantRequest(context, segment(params, 'id'), body),
);
export const postGrantReject = consoleHandler(
  { body: rejectRequestSchema },
  (context, { params, body }) => rejectGrantRequest(context, segment(params, 'id'), body),
);
