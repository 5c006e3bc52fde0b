import type { AgentDetail, AgentInput, toolPageSchema } from '@/lib/contracts';
import type { z } from 'zod';
import type { apiOf } from '@/lib/client/api';
import { toolInputOf, toolsToDescribe, type ToolChoice } from './tool-choice';

type Api = ReturnType<typeof apiOf>;

/** Describes the tools the catalogue does not have yet, then registers the agent. */
export async function registerWithTools(
  api: Api,
  agent: Omit<AgentInput, 'pact'>,
  tools: readonly ToolChoice[],
): Promise<AgentDetail> {
  const known = await api.get<z.infer<typeof toolPageSchema>>('/api/v1/tools', {
    query: { limit: 200 },
  });
  const names = new Set(known.items.map((tool) => tool.name));
  for (const tool of toolsToDescribe(tools, names))
    await api.post('/api/v1/tools', toolInputOf(tool));
  const pact = { tools: tools.map(({ name }) => name) };
  return api.post<AgentDetail>('/api/v1/agents', { ...agent, pact });
}
