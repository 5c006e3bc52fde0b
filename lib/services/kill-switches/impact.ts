import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { SwitchImpactQuery, switchImpactSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { IN_REACH, reachValues } from './scope';

/** What a switch would end if it were set now. */
export async function switchImpact(
  { actor, now }: ServiceContext,
  { type, value, mode }: SwitchImpactQuery,
): Promise<z.infer<typeof switchImpactSchema>> {
  requirePermission(actor, 'workspace.read');
  const values = reachValues(actor.workspaceId, { scope: { type, value }, mode });
  const [row] = await sql<{ agents: number; approvals: number; permits: number }>(
    `SELECT
       (SELECT count(*)::int FROM agents a WHERE a.workspace_id = $1 AND a.status = 'active' AND (
          $2 IN ('workspace', 'tool') OR ($2 = 'agent' AND a.id::text = $3) OR ($2 = 'tag' AND $3 = ANY(a.tags)))) AS agents,
       (SELECT count(*)::int FROM approvals x WHERE x.state = 'pending' AND x.expires_at > $5 AND ${IN_REACH}) AS approvals,
       (SELECT count(*)::int FROM permits p JOIN decisions x ON x.workspace_id = p.workspace_id AND x.id = p.decision_id
          WHERE p.workspace_id = $1 AND p.redeemed_at IS NULL AND p.cancelled_at IS NULL AND p.expires_at > $5
            AND ${IN_REACH}) AS permits`,
    [...values, now],
  );
  return {
    agents: row?.agents ?? 0,
    pendingApprovals: row?.approvals ?? 0,
    openPermits: row?.permits ?? 0,
  };
}
