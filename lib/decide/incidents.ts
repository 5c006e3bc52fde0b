/** Incidents that evidence opens by itself. One open incident a kind and agent: more evidence joins it. */
import { newId, type Sql } from '@/lib/db';
import type { Announcement, LedgerNote } from './ledger-entries';
import type { NewIncident } from './reactions';

export interface OpenedIncident {
  readonly id: string;
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

const MAX_EVIDENCE = 50;

/**
 * Opens an incident, or adds its evidence to the one that is open. Severe evidence asks for the root cause anew: what was
 * written before stays in the ledger.
 */
export async function openIncident(
  sql: Sql,
  input: { workspaceId: string; agentId: string; incident: NewIncident; now: number },
): Promise<OpenedIncident> {
  const { severity, kind, title, evidence, signalId } = input.incident;
  const [row] = await sql<{ id: string; inserted: boolean }>(
    `INSERT INTO incidents (workspace_id, id, agent_id, severity, kind, title, state, evidence, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'open', $7::jsonb, $8)
     ON CONFLICT (workspace_id, agent_id, kind) WHERE state <> 'closed' DO UPDATE
       SET severity = least(incidents.severity, excluded.severity),
           root_cause = CASE WHEN excluded.severity = 1 THEN NULL ELSE incidents.root_cause END,
           evidence = CASE WHEN jsonb_array_length(incidents.evidence) < ${MAX_EVIDENCE}
             THEN incidents.evidence || excluded.evidence ELSE incidents.evidence END
     RETURNING id, (xmax = 0) AS inserted`,
    [
      input.workspaceId,
      newId(input.now),
      input.agentId,
      severity,
      kind,
      title,
      JSON.stringify([evidence]),
      new Date(input.now),
    ],
  );
  if (row === undefined) throw new Error('the incident was neither opened nor joined');
  const announcements: Announcement[] = [
    { type: 'incident.changed', agentId: input.agentId, subjectId: row.id },
  ];
  if (!row.inserted) return { id: row.id, notes: [], announcements };
  const note: LedgerNote = {
    kind: 'incident.opened',
    actor: 'belay',
    subject: `incident:${row.id}`,
    body: { agent: input.agentId, severity, kind, signal: signalId },
  };
  return { id: row.id, notes: [note], announcements };
}
