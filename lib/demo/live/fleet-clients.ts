/** The fleet's own clients, each with its agent's key. */
import { Belay } from '@/lib/client/agent/index';
import { FLEET, type FleetAgent } from '../fleet';
import { keyOf } from '../keys';
import type { World } from '../world';

export interface LiveAgent {
  readonly agent: FleetAgent;
  readonly belay: Belay;
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
    // The runner waits itself for a server that is away.
    const belay = new Belay({ url: reach, audience, agentId, privateKey, retries: 0 });
    return [{ agent, belay }];
  });
}
