import { actorId, personBehind, requirePermission, type ConsoleActor } from '@/lib/auth';
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';
import { claimOf } from './approval-rows';
import { getApproval } from './get';
import { lockApproval, type DecidableRow } from './lock';
import { refusalOf } from './may-decide';
import { readQueueSettings } from './queue/settings-row';

/**
 * How many times the length of a claim one person can hold a call, from their first claim on: a claim and its renewal. With the
 * lengths a workspace begins with that is 20 of the 30 minutes a call waits, which leaves others the time to decide it.
 */
const MOST_CLAIM_TURNS = 2;
/** Most calls one person holds at a time: more than anybody looks at together, fewer than a queue has when it matters. */
export const MOST_OPEN_CLAIMS = 10;

/**
 * Tells the other reviewers that somebody is looking: for as many minutes as the workspace has set only the holder can approve.
 * Claiming again renews it, up to `MOST_CLAIM_TURNS` claims in all.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`, `claimed`,
 *   `claim_time_over`, `too_many_claims`
 */
export async function claimApproval(context: ServiceContext, id: string): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    await takeTurn(sql, actor);
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalOf(actor, approval, now);
    if (refusal !== undefined) throw refusal;
    await requireFewClaims(sql, context, approvalId);
    const until = await claimEnd(sql, context, approval);
    await sql(
      `UPDATE approvals SET claimed_by = $3, claimed_by_name = $4, claimed_until = $5,
         first_claims = jsonb_build_object($6::text, $7::text) || first_claims
       WHERE workspace_id = $1 AND id = $2`,
      [actor.workspaceId, approvalId, actorId(actor), actor.name, until, holder(actor), iso(now)],
    );
    await record(
      sql,
      context,
      [
        noteOf(context, 'approval.claimed', `approval:${approvalId}`, {
          until: until.toISOString(),
        }),
      ],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}

/** A person and the keys that go back to them hold calls together. */
const holder = (actor: ConsoleActor): string => personBehind(actor)?.personId ?? actorId(actor);

/** Of several claims at once each counts those before it. First lock of the transaction. */
const takeTurn = (sql: Sql, actor: ConsoleActor) =>
  sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 7230064))', [
    `${actor.workspaceId}/${holder(actor)}`,
  ]);

/** @throws DomainError 409 `too_many_claims` */
async function requireFewClaims(
  sql: Sql,
  { actor, now }: ServiceContext,
  approvalId: string,
): Promise<void> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM approvals
     WHERE workspace_id = $1 AND state = 'pending' AND claimed_until > $3 AND expires_at > $3 AND id <> $4 AND (claimed_by = $2
       OR claimed_by IN (SELECT id FROM api_keys WHERE workspace_id = $1 AND author_person_id = $2))`,
    [actor.workspaceId, holder(actor), now, approvalId],
  );
  if ((row?.count ?? 0) < MOST_OPEN_CLAIMS) return;
  throw new DomainError(
    'conflict',
    'too_many_claims',
    `You hold ${MOST_OPEN_CLAIMS} calls already. Decide or release one of them first. You can decide this call without a claim.`,
  );
}

/** When the claim ends that is given now. @throws DomainError 409 `claim_time_over` when there is no more time to give */
async function claimEnd(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: DecidableRow,
): Promise<Date> {
  const { claimMinutes } = await readQueueSettings(sql, actor.workspaceId);
  const lengthMs = claimMinutes * 60_000;
  const [row] = await sql<{ first: string | null }>(
    'SELECT first_claims->>$3 AS first FROM approvals WHERE workspace_id = $1 AND id = $2',
    [actor.workspaceId, approval.id, holder(actor)],
  );
  const first = row?.first == null ? now.getTime() : Date.parse(row.first);
  const until = Math.min(now.getTime() + lengthMs, first + MOST_CLAIM_TURNS * lengthMs);
  const claim = claimOf(approval, now);
  if (until > (claim === null ? now.getTime() : Date.parse(claim.until))) return new Date(until);
  throw new DomainError(
    'conflict',
    'claim_time_over',
    `You claimed this first at ${iso(new Date(first))}, and one person holds a call for ${MOST_CLAIM_TURNS * claimMinutes} minutes at most. You can still decide it, and so can others.`,
  );
}
