import { RESTRICTION_KINDS, type Restriction, type RestrictionKind } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { iso, isoOrNull } from '@/lib/services/instants';
import { RESTRICTIONS } from '@/lib/trust';

interface Row {
  readonly id: string;
  readonly kind: RestrictionKind;
  readonly reason: string;
  readonly signalKind: string;
  readonly signalId: string;
  readonly decisionId: string | null;
  readonly since: Date;
  readonly until: Date | null;
}

/** What holds an agent back now, in the order in which it stops. The caller has checked who asks. */
export async function restrictionsInForce(
  workspaceId: string,
  agentId: string,
  now: Date,
): Promise<Restriction[]> {
  const rows = await sql<Row>(
    `SELECT id, kind, reason, signal_kind AS "signalKind", signal_id AS "signalId", decision_id AS "decisionId", since, until
     FROM agent_restrictions
     WHERE workspace_id = $1 AND agent_id = $2 AND lifted_at IS NULL AND (until IS NULL OR until > $3)`,
    [workspaceId, agentId, now],
  );
  return rows
    .map((row): Restriction => ({
      ...row,
      ...RESTRICTIONS[row.kind],
      since: iso(row.since),
      until: isoOrNull(row.until),
    }))
    .sort((a, b) => RESTRICTION_KINDS.indexOf(a.kind) - RESTRICTION_KINDS.indexOf(b.kind));
}
