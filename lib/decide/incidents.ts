/** Incidents that evidence opens by itself. One open incident a kind and agent: more evidence joins it. */
import { newId, type Sql } from '@/lib/db';
import { SIGNAL_CATALOGUE, type Assessment } from '@/lib/trust';
import type { Announcement, LedgerNote } from './ledger-entries';
import type { Evidence } from './trust-rows';

export interface OpenedIncident {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

const NOTHING: OpenedIncident = { notes: [], announcements: [] };
const MAX_EVIDENCE = 50;

/** Opens an incident when a folded signal asks for one, or adds its evidence to the one that is open. */
export async function openIncident(
  sql: Sql,
  input: {
    workspaceId: string;
    agentId: string;
    assessment: Assessment;
    evidence: readonly Evidence[];
    now: number;
  },
): Promise<OpenedIncident> {
  const severity = input.assessment.opensIncident;
  if (severity === null) return NOTHING;
  const cause = severest(input.evidence);
  if (cause === undefined) return NOTHING;
  const evidence = JSON.stringify([incidentEvidence(cause, input.assessment)]);
  const [row] = await sql<{ id: string; inserted: boolean }>(
    `INSERT INTO incidents (workspace_id, id, agent_id, severity, kind, title, state, evidence, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'open', $7::jsonb, $8)
     ON CONFLICT (workspace_id, agent_id, kind) WHERE state <> 'closed' DO UPDATE
       SET severity = least(incidents.severity, excluded.severity),
           evidence = CASE WHEN jsonb_array_length(incidents.evidence) < ${MAX_EVIDENCE}
             THEN incidents.evidence || excluded.evidence ELSE incidents.evidence END
     RETURNING id, (xmax = 0) AS inserted`,
    [
      input.workspaceId,
      newId(input.now),
      input.agentId,
      severity,
      cause.kind,
      SIGNAL_CATALOGUE[cause.kind]?.label ?? cause.kind,
      evidence,
      new Date(input.now),
    ],
  );
  if (row === undefined) return NOTHING;
  const announcements: Announcement[] = [
    { type: 'incident.changed', agentId: input.agentId, subjectId: row.id },
  ];
  if (!row.inserted) return { notes: [], announcements };
  const note: LedgerNote = {
    kind: 'incident.opened',
    actor: 'belay',
    subject: `incident:${row.id}`,
    body: { agent: input.agentId, severity, kind: cause.kind, signal: cause.id },
  };
  return { notes: [note], announcements };
}

function severest(evidence: readonly Evidence[]): Evidence | undefined {
  const severityOf = (item: Evidence) => {
    const kind = SIGNAL_CATALOGUE[item.kind];
    return kind?.sign === 'negative' ? (kind.opensIncident ?? Infinity) : Infinity;
  };
  return [...evidence]
    .filter((item) => severityOf(item) < Infinity)
    .sort((a, b) => severityOf(a) - severityOf(b))[0];
}

function incidentEvidence(cause: Evidence, assessment: Assessment) {
  return {
    signalId: cause.id,
    kind: cause.kind,
    at: new Date(cause.at).toISOString(),
    decisionId: cause.decisionId ?? null,
    scoreBefore: assessment.before.score,
    scoreAfter: assessment.reading.score,
    detail: cause.detail ?? null,
  };
}
