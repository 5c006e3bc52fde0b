/** What an agent hears of the announcements of its workspace: what is about itself, and what holds for all agents. */
import type { AgentActor } from '@/lib/auth';
import type { EventType, LiveEvent } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { StreamClient } from './event-stream';

/** Of itself. Not what its guards do about it: incidents, reviews, and what reviewers say to each other. */
const ITS_OWN: ReadonlySet<EventType> = new Set<EventType>([
  'agent.changed',
  'approval.closed',
  'approval.opened',
  'approval.used',
  'decision.made',
  'switch.changed',
  'trust.changed',
]);
/** Of everybody: that it changed, not what. */
const FOR_ALL: ReadonlySet<EventType> = new Set<EventType>([
  'ladder.changed',
  'policy.changed',
  'switch.changed',
  'tool.changed',
]);

/** Pure. @returns those that the agent may hear, without the ids of what is not its own */
export function newsOf(agentId: string, events: readonly LiveEvent[]): LiveEvent[] {
  return events.flatMap((event) => {
    if (event.agentId === agentId) return ITS_OWN.has(event.type) ? [event] : [];
    return event.agentId === null && FOR_ALL.has(event.type) ? [{ ...event, subjectId: null }] : [];
  });
}

/**
 * A client of the stream that hears only this agent's news, each change of its trust with where it stands now. What cannot be
 * told in full ends the stream: an agent that hears nothing relies on nothing.
 */
export function agentClient(client: StreamClient, agent: AgentActor): StreamClient {
  let before: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<void> | void) => {
    before = before.then(work).catch(() => client.end());
  };
  return {
    end: client.end,
    resync: () => next(client.resync),
    send: (events) => {
      const news = newsOf(agent.agentId, events);
      if (news.length > 0) next(async () => client.send(await withTrust(agent, news)));
    },
  };
}

async function withTrust(agent: AgentActor, news: readonly LiveEvent[]): Promise<LiveEvent[]> {
  if (!news.some(({ type }) => type === 'trust.changed')) return [...news];
  const trust = await readTrustNow(agent);
  return news.map((event) =>
    event.type === 'trust.changed' && trust !== undefined ? { ...event, trust } : event,
  );
}

/** The rung that counts: a manager's pin while it is in force, else the earned one. */
async function readTrustNow({ workspaceId, agentId }: AgentActor): Promise<LiveEvent['trust']> {
  const [row] = await sql<NonNullable<LiveEvent['trust']>>(
    `SELECT t.score, coalesce((SELECT o.rung FROM rung_overrides o WHERE o.workspace_id = t.workspace_id AND o.agent_id = t.agent_id
       AND o.ended_at IS NULL AND o.until > now() ORDER BY o.created_at DESC LIMIT 1), t.rung) AS rung
     FROM trust_states t WHERE t.workspace_id = $1 AND t.agent_id = $2`,
    [workspaceId, agentId],
  );
  return row;
}
