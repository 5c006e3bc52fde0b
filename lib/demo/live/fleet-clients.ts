/** The fleet's own HTTP clients, each with its agent's key. */
import { AgentClient } from '@/lib/client/agent-client';
import { FLEET, type FleetAgent } from '../fleet';
import { keyOf } from '../keys';
import type { World } from '../world';

export interface LiveAgent {
  readonly agent: FleetAgent;
  readonly client: AgentClient;
}

/**
 * @param reach where Belay answers on this machine
 * @param audience its public address, which the agents' assertions name
 */
export function liveAgents(world: World, reach: string, audience: string): LiveAgent[] {
  return FLEET.flatMap((agent) => {
    const agentId = world.agents.get(agent.key);
    if (agentId === undefined) return [];
    const { privateKey } = keyOf(agent.key);
    return [{ agent, client: new AgentClient({ url: reach, audience, agentId, privateKey }) }];
  });
}
