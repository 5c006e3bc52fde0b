/** What happened to an agent, to be drawn beside its score. One query a kind of mark. */
import { RESTRICTION_KINDS, type History } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import { ABOUT_OUTSIDE_TEXT, MOMENT_ID } from '@/lib/services/moments/kinds';
import { RESTRICTIONS, SIGNAL_CATALOGUE } from '@/lib/trust';
import type { Span } from './history-points';

type Mark = History['marks'][number];
type MarkRow = Omit<Mark, 'at' | 'subjectId'> & { at: Date; subjectId: string | null };

/** Most marks of one kind; the newest stay. */
const MOST = 200;

/** Queries over $1 workspace, $2 agent, $3 from, $4 to; each gives the columns of a MarkRow. */
const MARK_QUERIES: readonly string[] = [
  `SELECT coalesce(counted_at, decided_at) AS at, 'verdict' AS kind, id::text AS "subjectId",
     CASE state WHEN 'approved' THEN decided_by_name || ' approved ' || tool
       ELSE decided_by_name || ' rejected ' || tool || ': ' || replace(coalesce(reject_reason, 'other'), '_', ' ') END AS text,
     CASE state WHEN 'approved' THEN 'positive' ELSE 'negative' END AS tone
   FROM approvals WHERE workspace_id = $1 AND agent_id = $2 AND state IN ('approved', 'rejected')
     AND coalesce(counted_at, decided_at) BETWEEN $3 AND $4
   ORDER BY (state = 'rejected') DESC, decided_at DESC LIMIT ${MOST}`,
  `SELECT at, 'incident' AS kind, id::text AS "subjectId", text, tone FROM (
     SELECT opened_at AS at, id, 'Incident: ' || title AS text, 'negative' AS tone FROM incidents
       WHERE workspace_id = $1 AND agent_id = $2
     UNION ALL SELECT closed_at, id, 'Incident closed: ' || title, 'neutral' FROM incidents
       WHERE workspace_id = $1 AND agent_id = $2 AND closed_at IS NOT NULL) i
   WHERE at BETWEEN $3 AND $4 ORDER BY at DESC LIMIT ${MOST}`,
  `SELECT at, 'switch' AS kind, id::text AS "subjectId", text, tone FROM (
     SELECT s.set_at AS at, s.id, s.set_by_name || ' set a kill switch: ' || s.reason AS text, 'negative' AS tone, s.scope_type, s.scope_value
       FROM kill_switches s WHERE s.workspace_id = $1
     UNION ALL SELECT s.released_at, s.id, s.released_by_name || ' released a kill switch: ' || s.release_reason, 'neutral', s.scope_type, s.scope_value
       FROM kill_switches s WHERE s.workspace_id = $1 AND s.released_at IS NOT NULL) s
   WHERE at BETWEEN $3 AND $4 AND (scope_type = 'workspace' OR (scope_type = 'agent' AND scope_value = $2::text) OR (scope_type = 'tag'
     AND EXISTS (SELECT 1 FROM agents a WHERE a.workspace_id = $1 AND a.id::text = $2::text AND s.scope_value = ANY(a.tags))))
   ORDER BY at DESC LIMIT ${MOST}`,
  `SELECT first_seen_at AS at, 'version' AS kind, version AS "subjectId", 'Version ' || version AS text, 'neutral' AS tone
   FROM agent_versions WHERE workspace_id = $1 AND agent_id = $2 AND first_seen_at BETWEEN $3 AND $4
   ORDER BY first_seen_at DESC LIMIT ${MOST}`,
  `SELECT created_at AS at, 'ladder' AS kind, version::text AS "subjectId", 'Ladder version ' || version || ': ' || reason AS text,
     'neutral' AS tone
   FROM ladders WHERE workspace_id = $1 AND version > 1 AND $2::uuid IS NOT NULL AND created_at BETWEEN $3 AND $4
   ORDER BY created_at DESC LIMIT ${MOST}`,
  `SELECT at, 'rung' AS kind, NULL AS "subjectId", 'Rung ' || before || ' to ' || rung AS text,
     CASE WHEN rung > before THEN 'positive' ELSE 'negative' END AS tone
   FROM (SELECT at, rung, lag(rung) OVER (ORDER BY at) AS before FROM score_points
     WHERE workspace_id = $1 AND agent_id = $2 AND at BETWEEN $3 AND $4) p
   WHERE before <> rung ORDER BY at DESC LIMIT ${MOST}`,
  `SELECT at, 'override' AS kind, id::text AS "subjectId", text, tone FROM (
     SELECT created_at AS at, id, created_by_name || ' pinned rung ' || rung || ': ' || reason AS text, 'neutral' AS tone
       FROM rung_overrides WHERE workspace_id = $1 AND agent_id = $2
     UNION ALL SELECT least(ended_at, until), id, 'The pin on rung ' || rung || ' ended', 'neutral'
       FROM rung_overrides WHERE workspace_id = $1 AND agent_id = $2 AND (ended_at IS NOT NULL OR until <= $4)) o
   WHERE at BETWEEN $3 AND $4 ORDER BY at DESC LIMIT ${MOST}`,
  `SELECT at, 'identity' AS kind, id::text AS "subjectId", kind AS text,
     CASE WHEN layer_delta < 0 THEN 'negative' ELSE 'neutral' END AS tone
   FROM signals WHERE workspace_id = $1 AND agent_id = $2 AND layer = 'identity' AND kind <> 'identity.authenticated'
     AND id >= belay_uuid_at($3) AND id < belay_uuid_at($4::timestamptz + interval '1 millisecond')
   ORDER BY id DESC LIMIT ${MOST}`,
  `SELECT s.at, 'evidence' AS kind, ${MOMENT_ID} AS "subjectId", (array_agg(s.kind ORDER BY s.score_delta, s.id))[1] AS text,
     'negative' AS tone
   FROM signals s WHERE s.workspace_id = $1 AND s.agent_id = $2 AND ${ABOUT_OUTSIDE_TEXT}
     AND s.at BETWEEN $3 AND $4
   GROUP BY s.at, s.decision_id ORDER BY s.at DESC LIMIT ${MOST}`,
  `SELECT at, 'restriction' AS kind, id::text AS "subjectId", text, tone FROM (
     SELECT since AS at, id, kind AS text, 'negative' AS tone FROM agent_restrictions
       WHERE workspace_id = $1 AND agent_id = $2
     UNION ALL SELECT coalesce(lifted_at, until), id, kind || ' ended', 'neutral' FROM agent_restrictions
       WHERE workspace_id = $1 AND agent_id = $2 AND (lifted_at IS NOT NULL OR until <= $4)) r
   WHERE at BETWEEN $3 AND $4 ORDER BY at DESC LIMIT ${MOST}`,
];

/** Marks of the span, oldest first. */
export async function readMarks({ workspaceId, agentId, from, to }: Span): Promise<Mark[]> {
  const found = await Promise.all(
    MARK_QUERIES.map((query) => sql<MarkRow>(query, [workspaceId, agentId, from, to])),
  );
  return found
    .flat()
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(serializeMark);
}

/** Marks whose text is a key of a table, which has the words. */
const WORDS: Readonly<Partial<Record<Mark['kind'], (key: string) => string>>> = {
  identity: (kind) => SIGNAL_CATALOGUE[kind]?.label ?? kind,
  evidence: (kind) => SIGNAL_CATALOGUE[kind]?.label ?? kind,
  restriction: (key) => {
    const [kind = '', ended] = key.split(' ');
    const known = RESTRICTION_KINDS.find((candidate) => candidate === kind);
    const name = known === undefined ? kind : RESTRICTIONS[known].name;
    return ended === undefined ? `${name} began` : `${name} ended`;
  },
};

function serializeMark({ at, kind, text, tone, subjectId }: MarkRow): Mark {
  const words = WORDS[kind]?.(text) ?? text;
  return { at: iso(at), kind, text: words, tone, ...(subjectId === null ? {} : { subjectId }) };
}
