/** Writes down what evidence led to: incidents, the end of pins, a suspension, restrictions. In the transaction of the evidence. */
import type { Sql } from '@/lib/db';
import { endGrants } from './grant-rows';
import { openIncident } from './incidents';
import type { Announcement, LedgerNote } from './ledger-entries';
import type { Reaction } from './reactions';
import { imposeRestrictions } from './restriction-rows';

interface Consequence {
  readonly agentId: string;
  readonly reaction: Pick<Reaction, 'restrictions' | 'incidents'>;
}

export interface Written {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

/**
 * The caller has locked the trust states of the agents, and appends what is returned to the ledger.
 *
 * @param now milliseconds since the epoch
 */
export async function writeConsequences(
  sql: Sql,
  workspaceId: string,
  consequences: readonly Consequence[],
  now: number,
): Promise<Written> {
  const all: Written = { notes: [], announcements: [] };
  const add = ({ notes, announcements }: Written) => {
    all.notes.push(...notes);
    all.announcements.push(...announcements);
  };
  for (const { agentId, reaction } of consequences) {
    for (const incident of reaction.incidents) {
      const opened = await openIncident(sql, { workspaceId, agentId, incident, now });
      add(opened);
      if (incident.severity !== 1) continue;
      add(await endOverrides(sql, workspaceId, agentId, now));
      add(await suspend(sql, workspaceId, agentId, opened.id));
    }
    add(await imposeRestrictions(sql, workspaceId, agentId, reaction.restrictions, now));
    if (reaction.incidents.length + reaction.restrictions.length > 0)
      add(
        await endGrants(sql, { workspaceId, which: ofAgent(agentId), why: HELD_BACK, ...by(now) }),
      );
  }
  return all;
}

/** Nobody has looked at the agent since: a reviewer's grant does not outlast an incident or a restriction. */
const HELD_BACK = {
  code: 'held_back',
  text: 'An incident was opened, or the agent was restricted.',
};
const ofAgent = (agentId: string) => ({ text: 'g.agent_id = $6::uuid', value: agentId });
const by = (now: number) => ({ endedBy: 'belay', now });

/** Nobody vouches on through a severity 1 signal. */
async function endOverrides(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  now: number,
): Promise<Written> {
  const ended = await sql<{ id: string }>(
    `UPDATE rung_overrides SET ended_at = $3, ended_by = 'belay'
     WHERE workspace_id = $1 AND agent_id = $2 AND ended_at IS NULL RETURNING id`,
    [workspaceId, agentId, new Date(now)],
  );
  const notes = ended.map(({ id }): LedgerNote => ({
    kind: 'override.ended',
    actor: 'belay',
    subject: `agent:${agentId}`,
    body: { override: id, why: 'severity 1 signal' },
  }));
  return { notes, announcements: [] };
}

/** Suspends an agent that is at work, until the root cause of the incident is written down. */
export async function suspend(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  incidentId: string,
): Promise<Written> {
  const rows = await sql(
    `UPDATE agents SET status = 'suspended' WHERE workspace_id = $1 AND id = $2 AND status = 'active' RETURNING id`,
    [workspaceId, agentId],
  );
  if (rows.length === 0) return { notes: [], announcements: [] };
  const note: LedgerNote = {
    kind: 'agent.suspended',
    actor: 'belay',
    subject: `agent:${agentId}`,
    body: { incident: incidentId },
  };
  return {
    notes: [note],
    announcements: [{ type: 'agent.changed', agentId, subjectId: agentId }],
  };
}
