/** POST /access/v1/requests and GET /access/v1/requests/:id: the access request profile of AuthZEN (draft 1). */
import { ownAgent, spokenFor, type AgentCaller } from '@/lib/auth/agents';
import { activeCaller } from '@/lib/http/agents/active-caller';
import {
  accessRequestInputSchema,
  MAX_AGENT_BODY_BYTES,
  type AccessTaskAnswer,
} from '@/lib/contracts';
import { handle } from '@/lib/http';
import { askedAction } from '@/lib/http/agents/asked-action';
import { approvalRef } from '@/lib/http/agents/decision-answer';
import { agentOf } from '@/lib/http/agents/proposal';
import { once } from '@/lib/http/idempotent';
import { accessProblem } from '@/lib/services/access-requests/problems';
import { readTask } from '@/lib/services/access-requests/read-task';
import { asDuplicate, submitAccessRequest } from '@/lib/services/access-requests/submit';

/** How long a program waits before it asks for a task again, in seconds. */
const RETRY_AFTER = '5';

const taskOf = (who: AgentCaller, id: string, now: Date): Promise<AccessTaskAnswer> =>
  readTask(
    { workspaceId: who.workspaceId, agentId: ownAgent(who), id },
    async ({ approvalId, expiresAt }) =>
      (await approvalRef(who.workspaceId, approvalId, expiresAt.getTime())).url,
    now,
  );

/** 202 while a person has to decide, 201 when one has already. */
export const accessRequestHandler = handle(
  { auth: activeCaller, body: accessRequestInputSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body, request, now }) => {
    const about = agentOf(body);
    if (about === undefined)
      throw accessProblem('not_requestable', 'Only actions of agents can be asked about.');
    const agentId = spokenFor(who, about.agentId);
    const action = askedAction(body);
    const submit = () => submitAccessRequest({ caller: who, agentId, action, input: body, now });
    const id = await once({ request, actor: who, body, now }, submit).catch((error: unknown) => {
      throw asDuplicate(error);
    });
    const answer = await taskOf(who, id, now);
    const pending = answer.task.status === 'pending';
    return Response.json(answer, {
      status: pending ? 202 : 201,
      headers: { 'cache-control': 'no-store', location: answer.task.status_endpoint },
    });
  },
);

export const accessTaskHandler = handle({ auth: activeCaller }, async ({ who, params, now }) => {
  const answer = await taskOf(who, params['id'] ?? '', now);
  const pending = answer.task.status === 'pending';
  return Response.json(answer, {
    headers: { 'cache-control': 'no-store', ...(pending ? { 'retry-after': RETRY_AFTER } : {}) },
  });
});
