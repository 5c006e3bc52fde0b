import { UNUSED_GRANT_DAYS, type Grant, type GrantPattern } from '@/lib/contracts';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface GrantRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tool: string;
  readonly pattern: GrantPattern;
  readonly uses: number;
  readonly mostUses: number;
  readonly approvalId: string;
  readonly grantedBy: string;
  readonly grantedByName: string;
  readonly grantedAt: Date;
  readonly until: Date;
  readonly lastUsedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endCode: string | null;
  readonly endText: string | null;
  /** It was given under a policy that is no longer in force. */
  readonly outdated: boolean;
}

/** The columns of a `GrantRow`, over GRANT_TABLES. */
export const GRANT_COLUMNS = `g.id, g.agent_id AS "agentId", a.name AS "agentName", g.tool, g.pattern, g.uses, g.most_uses AS "mostUses",
  g.approval_id AS "approvalId", g.granted_by AS "grantedBy", g.granted_by_name AS "grantedByName", g.granted_at AS "grantedAt",
  g.until, g.last_used_at AS "lastUsedAt", g.ended_at AS "endedAt", g.end_code AS "endCode", g.end_text AS "endText", g.policy_version <> e.policy_version AS outdated`;
export const GRANT_TABLES = `approval_grants g JOIN agents a ON a.workspace_id = g.workspace_id AND a.id = g.agent_id
  JOIN workspace_epochs e ON e.workspace_id = g.workspace_id`;

const OUTDATED = { code: 'policy_changed', text: 'The policy changed since it was given.' };

export function serializeGrant(row: GrantRow, now: Date): Grant {
  return {
    id: row.id,
    state: stateOf(row, now),
    agent: { id: row.agentId, name: row.agentName },
    tool: row.tool,
    pattern: {
      fixed: row.pattern.fixed.map((place) => ({ ...place })),
      varying: row.pattern.varying.map((place) => ({ ...place })),
    },
    uses: row.uses,
    mostUses: row.mostUses,
    approvalId: row.approvalId,
    grantedBy: { by: row.grantedBy, name: row.grantedByName, at: iso(row.grantedAt) },
    until: iso(row.until),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    unusedSince: unusedSince(row, now),
    ended: endOf(row, now),
  };
}

function stateOf({ endedAt, endCode, until, uses, mostUses, outdated }: GrantRow, now: Date) {
  if (endCode === 'used_up' || uses >= mostUses) return 'used_up';
  if (endCode === 'expired') return 'expired';
  if (endedAt !== null || outdated) return 'ended';
  return until <= now ? 'expired' : 'live';
}

const UNUSED_MS = UNUSED_GRANT_DAYS * 24 * 3_600_000;

/** Before this moment a grant has to have been used, or given, to count as used. */
export const unusedBefore = (now: Date) => new Date(now.getTime() - UNUSED_MS);

function unusedSince(row: GrantRow, now: Date): string | null {
  const since = row.lastUsedAt ?? row.grantedAt;
  return stateOf(row, now) === 'live' && since <= unusedBefore(now) ? iso(since) : null;
}

function endOf({ endedAt, endCode, endText, outdated }: GrantRow, now: Date): Grant['ended'] {
  if (endedAt !== null)
    return { at: iso(endedAt), code: endCode ?? 'ended', text: endText ?? 'It was ended.' };
  return outdated ? { at: iso(now), ...OUTDATED } : null;
}
