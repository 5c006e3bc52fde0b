import { actorId, requirePermission, type ConsoleActor } from '@/lib/auth';
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getApproval } from '../get';
import { lockApproval } from '../lock';
import { refusalOf } from '../may-decide';

/** What was put aside comes back at least this long before its time is over. */
const MARGIN_MS = 60_000;

/**
 * Puts an approval aside for the caller until a time, or takes it back before. Nobody else sees a difference.
 *
 * @param until null wakes it
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`, `claimed`, `people_only`,
 *   `snooze_over` for a time that has passed, `snooze_too_long` with the latest time in `facts`
 */
export async function snoozeApproval(
  context: ServiceContext,
  id: string,
  until: string | null,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  requirePerson(actor);
  const approvalId = requireId(id, 'approval');
  const person = actorId(actor);
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalOf(actor, approval, now);
    if (refusal !== undefined) throw refusal;
    if (until !== null) requireTime(new Date(until), approval.expiresAt, now);
    await sql(
      until === null
        ? 'DELETE FROM approval_snoozes WHERE workspace_id = $1 AND approval_id = $2 AND person_id = $3 AND $4::timestamptz IS NULL'
        : `INSERT INTO approval_snoozes (workspace_id, approval_id, person_id, until) VALUES ($1, $2, $3, $4)
           ON CONFLICT (workspace_id, approval_id, person_id) DO UPDATE SET until = excluded.until`,
      [actor.workspaceId, approvalId, person, until === null ? null : new Date(until)],
    );
    const [kind, body] =
      until === null ? ['approval.woken', {}] : ['approval.snoozed', { until: until }];
    await record(
      sql,
      context,
      [noteOf(context, kind, `approval:${approvalId}`, body)],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}

function requirePerson(actor: ConsoleActor): void {
  if (actor.kind === 'person') return;
  throw new DomainError('forbidden', 'people_only', 'A program has no queue of its own.');
}

function requireTime(until: Date, expiresAt: Date, now: Date): void {
  const latest = new Date(expiresAt.getTime() - MARGIN_MS);
  if (until <= now)
    throw new DomainError('unprocessable', 'snooze_over', 'This time has passed already.');
  if (until > latest)
    throw new DomainError(
      'unprocessable',
      'snooze_too_long',
      `The call ends at ${expiresAt.toISOString()}. Choose a time before ${latest.toISOString()}.`,
      { facts: { latest: latest.toISOString() } },
    );
}
