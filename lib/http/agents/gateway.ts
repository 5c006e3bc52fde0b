/** What a gateway asks besides decisions: definitions of tools, what is stopped, and the secrets of its servers. */
import { consoleActor, requirePermission } from '@/lib/auth';
import { actorRef, ownAgent } from '@/lib/auth/agents';
import { activeCaller } from './active-caller';
import {
  DomainError,
  MAX_DEFINITIONS_BODY_BYTES,
  notFound,
  secretOpeningSchema,
  standingRequestSchema,
  toolReportSchema,
  withdrawRequestSchema,
} from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import { stoppedCalls } from '@/lib/decide';
import { handle } from '@/lib/http';
import { withdrawDecision } from '@/lib/services/approvals/withdraw';
import { openSecrets } from '@/lib/services/secrets/secrets';
import { reportTools } from '@/lib/services/upstreams/report';

const MAX_STANDING_BYTES = 1024 * 1024;

/**
 * GET /api/v1/gateway/caller
 *
 * A gateway asks with its own key, which carries neither a chain nor a scope: with an exchanged token an agent could do there what
 * those who passed the task on may not. Such an agent asks Belay itself.
 */
export const gatewayCallerHandler = handle({ auth: activeCaller }, ({ who }) => {
  if (who.kind === 'agent' && (who.chain !== undefined || who.scope !== undefined))
    throw new DomainError(
      'forbidden',
      'token_narrowed',
      'This token was exchanged for a task that another agent passed on, and a gateway cannot hold its limits. Ask Belay directly ' +
        "with it, or come to the gateway with the agent's own token.",
    );
  return Promise.resolve({ workspace: who.workspaceId, agent: ownAgent(who) ?? null });
});

/** POST /api/v1/gateway/tools */
export const reportToolsHandler = handle(
  { auth: consoleActor, body: toolReportSchema, maxBodyBytes: MAX_DEFINITIONS_BODY_BYTES },
  ({ who, body, now }) => reportTools({ actor: who, now }, body),
);

/** POST /api/v1/gateway/standing */
export const standingHandler = handle(
  { auth: consoleActor, body: standingRequestSchema, maxBodyBytes: MAX_STANDING_BYTES },
  async ({ who, body, now }) => {
    requirePermission(who, 'agents.speak');
    const stopped = await stoppedCalls(sql, who.workspaceId, body.calls, now.getTime());
    return { stopped: [...stopped].map(([id, reason]) => ({ id, reason })) };
  },
);

/** POST /api/v1/gateway-secrets/open */
export const openSecretsHandler = handle(
  { auth: consoleActor, body: secretOpeningSchema },
  ({ who, body, now }) => openSecrets({ actor: who, now }, body),
);

/** POST /api/v1/decisions/:id/withdraw */
export const withdrawHandler = handle(
  { auth: activeCaller, body: withdrawRequestSchema },
  async ({ who, params, body, now }) => {
    const id = params['id'] ?? '';
    if (!isUuid(id)) throw notFound('decision');
    const withdrawn = await withdrawDecision({
      workspaceId: who.workspaceId,
      agentId: ownAgent(who),
      decisionId: id,
      actor: actorRef(who),
      reason: body.reason,
      now,
    });
    return { id, withdrawn };
  },
);
