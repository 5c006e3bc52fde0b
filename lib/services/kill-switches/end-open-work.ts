import type { Sql, SqlValue } from '@/lib/db';
import type { Announcement } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { IN_REACH, reachValues, type Reach } from './scope';

export interface EndedWork {
  /** Ids of the approvals that were waiting. */
  readonly approvals: readonly string[];
  /** How many permits were open. */
  readonly permits: number;
  readonly announcements: Announcement[];
}

type ApprovalRow = { id: string; decision_id: string; agent_id: string };

/**
 * Ends everything in reach that could still lead to an action: approvals that wait, actions that were approved and not carried
 * out, and open permits. An approval whose time is over waits no more: it expires, whatever is switched off after it. The
 * caller holds the workspace's epochs.
 *
 * @param ended.why a sentence for the people and agents who waited
 */
export function endOpenWork(
  sql: Sql,
  context: ServiceContext,
  ended: Reach & { why: string },
): Promise<EndedWork> {
  const { why } = ended;
  const values = reachValues(context.actor.workspaceId, ended);
  return endWork(sql, context, { values, approvals: IN_REACH, decisions: IN_REACH, why });
}

/** The same for single decisions. */
export function endWorkOfDecisions(
  sql: Sql,
  context: ServiceContext,
  ended: { readonly decisions: readonly string[]; readonly why: string },
): Promise<EndedWork> {
  return endWork(sql, context, {
    values: [context.actor.workspaceId, [...ended.decisions]],
    approvals: 'x.workspace_id = $1 AND x.decision_id = ANY($2::uuid[])',
    decisions: 'x.workspace_id = $1 AND x.id = ANY($2::uuid[])',
    why: ended.why,
  });
}

interface Which {
  /** What both conditions use; the first is the workspace. */
  readonly values: readonly SqlValue[];
  /** A condition over approvals as `x`. */
  readonly approvals: string;
  /** A condition over decisions as `x`. */
  readonly decisions: string;
  readonly why: string;
}

/**
 * The least id of a permit that can still be good, with a minute for clocks that differ: decisions wait meanwhile, and of all permits
 * there ever were only these are looked at.
 */
const oldestPermit = (now: string): string =>
  `belay_uuid_at(${now}::timestamptz - make_interval(secs => 60 + (SELECT permit_ttl_seconds FROM workspaces WHERE id = $1)))`;

async function endWork(
  sql: Sql,
  { now }: ServiceContext,
  { values, approvals: ofApprovals, decisions: ofDecisions, why }: Which,
): Promise<EndedWork> {
  const [next, afterNext] = [`$${values.length + 1}`, `$${values.length + 2}`];
  const approvals = await sql<ApprovalRow>(
    `UPDATE approvals x SET state = 'cancelled', cancel_reason = ${next}, cancelled_at = ${afterNext}
     WHERE x.state = 'pending' AND x.expires_at > ${afterNext} AND ${ofApprovals} RETURNING x.id, x.decision_id, x.agent_id`,
    [...values, why, now],
  );
  await sql(
    `UPDATE decisions d SET state = 'cancelled' WHERE d.workspace_id = $1 AND d.id IN (
       SELECT x.decision_id FROM approvals x WHERE (x.state = 'approved' OR x.id = ANY(${next}::uuid[])) AND ${ofApprovals})
     AND d.state IN ('pending', 'approved')`,
    [...values, approvals.map(({ id }) => id)],
  );
  // Those that were redeemed too: whoever did may ask again with their key, and is not to be answered the same.
  const permits = await sql<{ open: boolean }>(
    `UPDATE permits p SET cancelled_at = ${next}
     FROM decisions x WHERE p.workspace_id = $1 AND p.id >= ${oldestPermit(next)} AND p.cancelled_at IS NULL AND p.expires_at > ${next}
       AND x.id = p.decision_id AND ${ofDecisions} RETURNING p.redeemed_at IS NULL AS open`,
    [...values, now],
  );
  return {
    approvals: approvals.map(({ id }) => id),
    permits: permits.filter(({ open }) => open).length,
    announcements: approvals.map((row) => ({
      type: 'approval.closed',
      agentId: row.agent_id,
      subjectId: row.id,
    })),
  };
}
