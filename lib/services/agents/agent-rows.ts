/** The rows behind an agent as the console shows it. */
import {
  KEY_WARNING_DAYS,
  RESTRICTION_KINDS,
  type Agent,
  type RestrictionKind,
} from '@/lib/contracts';
import type { Sql, SqlValue } from '@/lib/db';
import { iso, isoOrNull } from '@/lib/services/instants';
import { RESTRICTIONS, type TrustState } from '@/lib/trust';
import { trustNow } from './trust-now';

export interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly ownerPersonId: string | null;
  readonly purpose: string;
  readonly tags: string[];
  readonly status: Agent['status'];
  readonly pactVersion: number;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly state: TrustState;
  readonly score: number;
  /** The earned one, whatever is pinned. */
  readonly rung: number;
  readonly scoreBefore: number | null;
  readonly pendingApprovals: number;
  readonly openIncidents: number;
  /** When the last of its keys ends; null when one has no end, or none is left. */
  readonly keysEndAt: Date | null;
  /** In force; null for none. */
  readonly restrictions: readonly { readonly id: string; readonly kind: RestrictionKind }[] | null;
  readonly overrideId: string | null;
  readonly overrideRung: number | null;
  readonly overrideUntil: Date | null;
  readonly overrideReason: string | null;
  readonly overrideBy: string | null;
  readonly overrideAt: Date | null;
}

export interface AgentFilter {
  /** Conditions over `a` (agents), `t` (trust_states) and `o` (PIN_IN_FORCE); they begin counting values at $3. */
  readonly where?: readonly string[];
  readonly values?: readonly SqlValue[];
  readonly orderBy: string;
  readonly limit: number;
}

/** Joins to agents `a` the pin that holds at `$2`, as `o`: a rung somebody vouches for, which counts instead of the earned one. */
export const PIN_IN_FORCE = `LEFT JOIN LATERAL (SELECT * FROM rung_overrides r WHERE r.workspace_id = a.workspace_id
  AND r.agent_id = a.id AND r.ended_at IS NULL AND r.until > $2 ORDER BY r.created_at DESC LIMIT 1) o ON true`;
/** The rung that counts, over `t` (trust_states) and PIN_IN_FORCE. */
export const RUNG_IN_FORCE = 'coalesce(o.rung, t.rung)';

/** Agents of a workspace. `$1` is the workspace, `$2` the time. */
export function selectAgents(
  sql: Sql,
  workspaceId: string,
  now: Date,
  filter: AgentFilter,
): Promise<AgentRow[]> {
  const where = ['a.workspace_id = $1', ...(filter.where ?? [])].join(' AND ');
  return sql<AgentRow>(
    `SELECT a.id, a.name, a.version, a.owner, a.owner_person_id AS "ownerPersonId", a.purpose, a.tags, a.status,
       a.pact_version AS "pactVersion", a.created_at AS "createdAt", a.last_seen_at AS "lastSeenAt",
       t.state, t.score, t.rung, before.score AS "scoreBefore",
       (SELECT count(*)::int FROM approvals ap WHERE ap.workspace_id = a.workspace_id AND ap.agent_id = a.id
          AND ap.state = 'pending' AND ap.expires_at > $2) AS "pendingApprovals",
       (SELECT count(*)::int FROM incidents i WHERE i.workspace_id = a.workspace_id AND i.agent_id = a.id
          AND i.state <> 'closed') AS "openIncidents",
       (SELECT CASE WHEN bool_or(k.expires_at IS NULL) THEN NULL ELSE max(k.expires_at) END FROM agent_keys k
          WHERE k.workspace_id = a.workspace_id AND k.agent_id = a.id AND k.revoked_at IS NULL) AS "keysEndAt",
       (SELECT json_agg(json_build_object('id', r.id, 'kind', r.kind)) FROM agent_restrictions r
          WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id AND r.lifted_at IS NULL
            AND (r.until IS NULL OR r.until > $2)) AS restrictions,
       o.id AS "overrideId", o.rung AS "overrideRung", o.until AS "overrideUntil", o.reason AS "overrideReason",
       o.created_by_name AS "overrideBy", o.created_at AS "overrideAt"
     FROM agents a
     JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
     LEFT JOIN LATERAL (SELECT p.score FROM score_points p WHERE p.workspace_id = a.workspace_id AND p.agent_id = a.id
       AND p.at <= $2::timestamptz - interval '7 days' ORDER BY p.at DESC LIMIT 1) before ON true
     ${PIN_IN_FORCE}
     WHERE ${where} ORDER BY ${filter.orderBy} LIMIT ${filter.limit}`,
    [workspaceId, now, ...(filter.values ?? [])],
  );
}

/** A switch in force, as far as agents are concerned. */
export interface AgentSwitch {
  readonly id: string;
  readonly scopeType: string;
  readonly scopeValue: string | null;
  readonly mode: 'halt' | 'read_only';
  readonly reason: string;
}

export function selectSwitchesInForce(sql: Sql, workspaceId: string): Promise<AgentSwitch[]> {
  return sql<AgentSwitch>(
    `SELECT id, scope_type AS "scopeType", scope_value AS "scopeValue", mode, reason FROM kill_switches
     WHERE workspace_id = $1 AND released_at IS NULL AND scope_type <> 'tool' ORDER BY set_at, id`,
    [workspaceId],
  );
}

function covers({ scopeType, scopeValue }: AgentSwitch, agent: AgentRow): boolean {
  if (scopeType === 'workspace') return true;
  if (scopeType === 'agent') return scopeValue === agent.id;
  return scopeType === 'tag' && scopeValue !== null && agent.tags.includes(scopeValue);
}

export function serializeAgent(row: AgentRow, switches: readonly AgentSwitch[], now: Date): Agent {
  const override = serializeOverride(row);
  const trust = trustNow(row.state, override?.rung ?? row.rung, now);
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    owner: row.owner,
    ownerPersonId: row.ownerPersonId,
    purpose: row.purpose,
    tags: row.tags,
    status: row.status,
    createdAt: iso(row.createdAt),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    trust,
    override,
    change7d: row.scoreBefore === null ? null : trust.score - row.scoreBefore,
    switches: switches
      .filter((candidate) => covers(candidate, row))
      .map(({ id, mode, reason }) => ({ id, mode, reason })),
    restrictions: serializeRestrictions(row),
    pendingApprovals: row.pendingApprovals,
    openIncidents: row.openIncidents,
    keysEnd: serializeKeysEnd(row, now),
  };
}

function serializeKeysEnd({ keysEndAt }: AgentRow, now: Date): Agent['keysEnd'] {
  if (keysEndAt === null || !isSoon(keysEndAt, now)) return null;
  return { at: iso(keysEndAt), over: keysEndAt <= now };
}

/** Whether a key that ends then is warned about. */
export const isSoon = (end: Date | null, now: Date): boolean =>
  end !== null && end.getTime() <= now.getTime() + KEY_WARNING_DAYS * 86_400_000;

/** In the order in which they stop. */
function serializeRestrictions({ restrictions }: AgentRow): Agent['restrictions'] {
  return (restrictions ?? [])
    .map(({ id, kind }) => {
      const { name, stops } = RESTRICTIONS[kind];
      return { id, kind, name, stops };
    })
    .sort((a, b) => RESTRICTION_KINDS.indexOf(a.kind) - RESTRICTION_KINDS.indexOf(b.kind));
}

function serializeOverride(row: AgentRow): Agent['override'] {
  const { overrideId, overrideRung, overrideUntil, overrideReason, overrideBy, overrideAt } = row;
  if (overrideId === null || overrideRung === null) return null;
  if (overrideUntil === null || overrideAt === null) return null;
  return {
    id: overrideId,
    rung: overrideRung,
    earnedRung: row.rung,
    until: iso(overrideUntil),
    reason: overrideReason ?? '',
    createdBy: overrideBy ?? '',
    createdAt: iso(overrideAt),
  };
}
