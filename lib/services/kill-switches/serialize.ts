import type { KillSwitch } from '@/lib/contracts';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface SwitchRow {
  readonly id: string;
  readonly scopeType: KillSwitch['scope']['type'];
  readonly scopeValue: string | null;
  readonly agentName: string | null;
  readonly mode: KillSwitch['mode'];
  readonly reason: string;
  readonly setByName: string;
  readonly setAt: Date;
  readonly releasedByName: string | null;
  readonly releasedAt: Date | null;
  readonly releaseReason: string | null;
}

/** The columns of a `SwitchRow`, over `s` (kill_switches) and `a` (the agent of an agent scope). */
export const SWITCH_COLUMNS = `s.id, s.scope_type AS "scopeType", s.scope_value AS "scopeValue", a.name AS "agentName",
  s.mode, s.reason, s.set_by_name AS "setByName", s.set_at AS "setAt", s.released_by_name AS "releasedByName",
  s.released_at AS "releasedAt", s.release_reason AS "releaseReason"`;
export const SWITCH_TABLES = `kill_switches s LEFT JOIN agents a
  ON s.scope_type = 'agent' AND a.workspace_id = s.workspace_id AND a.id::text = s.scope_value`;

export function serializeSwitch(row: SwitchRow): KillSwitch {
  const label = row.agentName ?? row.scopeValue ?? 'the whole workspace';
  return {
    id: row.id,
    scope: {
      type: row.scopeType,
      ...(row.scopeValue === null ? {} : { value: row.scopeValue }),
      label,
    },
    mode: row.mode,
    reason: row.reason,
    setBy: row.setByName,
    setAt: iso(row.setAt),
    inForce: row.releasedAt === null,
    releasedBy: row.releasedByName,
    releasedAt: isoOrNull(row.releasedAt),
    releaseReason: row.releaseReason,
  };
}
