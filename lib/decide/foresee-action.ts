/** What would be decided about actions, for whoever only asks what could be: nothing is written, nothing is counted. */
import { newId, sql } from '@/lib/db';
import { peekAtAgents, readSessions, sessionKey } from './agent-facts';
import { askBasePolicy } from './base-policy/ask';
import { decideAction } from './decide-action';
import type { Proposal } from './facts';
import { peekAtWorkspaceFacts, toolFacts } from './workspace-facts';

/** Questions to a decision point outside that are under way at a time. */
const OUTSIDE_AT_ONCE = 8;

/**
 * Whether each action would be allowed as things stand. Each is judged for itself, as if it were the next. The real decision is
 * made by `submitAction` alone: between the two, everything can change.
 *
 * @param now milliseconds since the epoch
 * @returns in order; false for an agent the workspace does not have, and where another agent holds the session
 */
export async function foreseeActions(
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<boolean[]> {
  const agentIds = [...new Set(proposals.map(({ agentId }) => agentId))];
  const refs = proposals.flatMap(({ agentId, sessionId: id }) =>
    id === undefined ? [] : [{ agentId, id }],
  );
  const unique = [...new Map(refs.map((ref) => [sessionKey(ref), ref])).values()];
  const [workspace, agents, sessions] = await Promise.all([
    peekAtWorkspaceFacts(sql, workspaceId),
    peekAtAgents(sql, workspaceId, agentIds, now),
    readSessions(sql, workspaceId, unique),
  ]);
  const asked = await withBase(workspaceId, proposals);
  return asked.map((proposal) => {
    const { agentId, sessionId: id } = proposal;
    const agent = agents.get(agentId);
    const session = id === undefined ? undefined : sessions.get(sessionKey({ agentId, id }));
    const foreign = session?.agentId !== undefined && session.agentId !== agentId;
    if (agent === undefined || foreign) return false;
    const tool = toolFacts(workspace, proposal.tool);
    const facts = { workspace, agent, tool, session, now, newId: () => newId(now) };
    return decideAction(facts, proposal).outcome === 'allow';
  });
}

async function withBase(
  workspaceId: string,
  proposals: readonly Proposal[],
): Promise<readonly Proposal[]> {
  const asked: Proposal[] = [];
  for (let at = 0; at < proposals.length; at += OUTSIDE_AT_ONCE)
    asked.push(
      ...(await Promise.all(
        proposals.slice(at, at + OUTSIDE_AT_ONCE).map(async (proposal) => {
          const base = await askBasePolicy(workspaceId, proposal);
          return base === undefined ? proposal : { ...proposal, base };
        }),
      )),
    );
  return asked;
}
