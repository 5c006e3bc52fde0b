import {
  agentCaller,
  requireActiveAgent,
  type AgentCaller,
  type BodyReader,
} from '@/lib/auth/agents';

/** An agent that still stands, or a gateway: for calls that the decision path does not check anyway. */
export async function activeCaller(request: Request, body: BodyReader): Promise<AgentCaller> {
  const caller = await agentCaller(request, body);
  await requireActiveAgent(caller);
  return caller;
}
