/** POST /api/v1/sessions */
import { actorRef, agentCaller, requireActiveAgent, spokenFor } from '@/lib/auth/agents';
import { MAX_AGENT_BODY_BYTES, sessionRequestSchema } from '@/lib/contracts';
import { handle } from '@/lib/http';
import { openSession } from '@/lib/services/sessions/open';

export const openSessionHandler = handle(
  {
    auth: agentCaller,
    body: sessionRequestSchema,
    maxBodyBytes: MAX_AGENT_BODY_BYTES,
    status: 201,
  },
  async ({ who, body, now }) => {
    await requireActiveAgent(who);
    const agentId = spokenFor(who, body.agent);
    return openSession(
      { workspaceId: who.workspaceId, agentId, actor: actorRef(who), now: now.getTime() },
      body,
    );
  },
);
