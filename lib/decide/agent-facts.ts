/** The agents of a batch, with their trust states locked, and the sessions their actions belong to. */
import { resultReadsLimit } from './session-reads';
import type { Pact } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { Read } from '@/lib/provenance';
import type { Rung } from '@/lib/trust';
import { activityOf } from './activity';
import type { AgentFacts, SessionFacts } from './facts';
import { hasGrantsColumn, readGrants } from './live-grants';
import { restrictionsColumn, type RestrictionsColumn } from './restriction-rows';
import { lockTrustStates, readTrustStates } from './trust-states';

interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly version: string;
  readonly tags: string[];
  readonly status: AgentFacts['status'];
  readonly pact: Pact;
  readonly pinned_rung: number | null;
  readonly last_seen_at: Date | null;
  readonly restrictions: RestrictionsColumn;
  readonly has_grants: boolean;
  readonly revoked_credentials: string[] | null;
}

/** Agents by id; one that does not exist in the workspace is absent. Locks their trust states, in the order of their ids. */
export async function lockAgents(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  now: number,
  trustStates = lockTrustStates,
): Promise<Map<string, AgentFacts>> {
  // The second statement begins after the first has its locks, so it sees what the last holder committed.
  const [stored, rows] = await Promise.all([
    trustStates(sql, workspaceId, ids),
    readAgents(sql, workspaceId, ids, now),
  ]);
  const states = new Map(stored.map((row) => [row.agentId, row]));
  const granted = rows.filter((row) => row.has_grants).map(({ id }) => id);
  const grants = await readGrants(sql, workspaceId, granted, now);
  const found = new Map<string, AgentFacts>();
  for (const {
    pinned_rung: pinned,
    last_seen_at: lastSeenAt,
    has_grants: hasGrants,
    revoked_credentials,
    ...row
  } of rows) {
    const trust = states.get(row.id);
    if (trust === undefined) continue;
    const { state, openIncident } = trust;
    found.set(row.id, {
      ...row,
      state,
      openIncident,
      activity: activityOf(trust.activity),
      restrictions: row.restrictions ?? [],
      grants: (hasGrants ? grants.get(row.id) : undefined) ?? [],
      revokedCredentials: revoked_credentials ?? [],
      pinnedRung: pinned as Rung | null,
      lastSeenAt: lastSeenAt?.getTime() ?? null,
    });
  }
  return found;
}

/** The same without locks, for whoever changes nothing of them. */
export const peekAtAgents = (
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  now: number,
): Promise<Map<string, AgentFacts>> => lockAgents(sql, workspaceId, ids, now, readTrustStates);

function readAgents(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  now: number,
): Promise<AgentRow[]> {
  return sql<AgentRow>(
    `SELECT a.id, a.name, a.owner, a.version, a.tags, a.status, a.last_seen_at, p.body AS pact,
       (SELECT o.rung FROM rung_overrides o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id
          AND o.ended_at IS NULL AND o.until > $3 ORDER BY o.created_at DESC LIMIT 1) AS pinned_rung,
       ${restrictionsColumn('$3')},
       ${hasGrantsColumn('$3')},
       (SELECT array_agg(gone.credential) FROM revoked_credentials gone
          WHERE gone.workspace_id = a.workspace_id AND gone.agent_id = a.id) AS revoked_credentials
     FROM agents a JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.version = a.pact_version
     WHERE a.workspace_id = $1 AND a.id = ANY($2::uuid[])`,
    [workspaceId, [...ids], new Date(now)],
  );
}

interface SessionRow {
  readonly id: string;
  readonly agent_id: string;
  readonly request: string;
  readonly purpose: string | null;
  readonly end_user: string | null;
}
interface ReadRow extends Read {
  readonly agent_id: string;
  readonly session_id: string;
  /** Of the whole session, so that no number of later reads hides a hostile one. */
  readonly hostile: number | null;
}
export type OwnedSession = SessionFacts & { readonly agentId: string | undefined };

/** A session of an agent; two agents may name the same one. */
export interface SessionRef {
  readonly agentId: string;
  readonly id: string;
}

export const sessionKey = ({ agentId, id }: SessionRef): string => `${agentId} ${id}`;

/**
 * Sessions by `sessionKey`, each with what that agent has read in it. One that was never announced is there too, with nothing
 * trusted in it.
 */
export async function readSessions(
  sql: Sql,
  workspaceId: string,
  refs: readonly SessionRef[],
): Promise<Map<string, OwnedSession>> {
  if (refs.length === 0) return new Map();
  const ids = refs.map(({ id }) => id);
  const agentIds = refs.map(({ agentId }) => agentId);
  const [rows, reads] = await Promise.all([
    sql<SessionRow>(
      'SELECT id, agent_id, request, purpose, end_user FROM sessions WHERE workspace_id = $1 AND id = ANY($2::text[])',
      [workspaceId, ids],
    ),
    sql<ReadRow>(
      `SELECT a.agent_id, a.session_id, h.hostile, r.* FROM unnest($2::uuid[], $3::text[]) AS a (agent_id, session_id)
       CROSS JOIN LATERAL (
         SELECT decision_id::text AS id, tool AS source, text, named FROM session_reads
         WHERE workspace_id = $1 AND agent_id = a.agent_id AND session_id = a.session_id
         ORDER BY decision_id DESC LIMIT ${resultReadsLimit}) r
       CROSS JOIN LATERAL (
         SELECT max(hostile) AS hostile FROM session_reads
         WHERE workspace_id = $1 AND agent_id = a.agent_id AND session_id = a.session_id AND hostile IS NOT NULL) h
       ORDER BY r.id`,
      [workspaceId, agentIds, ids],
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    refs.map((ref) => {
      const { agentId, id } = ref;
      const row = byId.get(id);
      const own = reads.filter((read) => read.session_id === id && read.agent_id === agentId);
      return [
        sessionKey(ref),
        {
          id,
          agentId: row?.agent_id,
          request: row?.request,
          purpose: row?.purpose ?? undefined,
          endUser: row?.end_user ?? undefined,
          reads: own,
          hostile: own[0]?.hostile ?? undefined,
        },
      ];
    }),
  );
}
