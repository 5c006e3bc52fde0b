/** Taking one's own verdicts back while nothing has come of them. */
import { requirePermission } from '@/lib/auth';
import {
  type DomainError,
  notFound,
  type ApprovalDetail,
  type BulkUndo,
  type EventType,
} from '@/lib/contracts';
import { isUuid, withTransaction, type Sql } from '@/lib/db';
import { passingFrom, shareEpochs } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { APPROVAL_COLUMNS, APPROVAL_TABLES, type ApprovalRow } from './approval-rows';
import { getApproval } from './get';
import { whyNotUndone, whyStopped } from './undo-rules';
import { writeUndone, type Undone } from './undo-rows';

/**
 * Takes back a verdict that is not evidence yet: its permit is dead, and the call waits again as it did before, for whatever time it
 * has left. Where a switch has stopped it meanwhile, it closes as cancelled instead. An approval that waits for a second person
 * can be taken back for as long as it waits.
 *
 * @throws DomainError `forbidden`, `not_found`; 403 `not_your_verdict`; 409 `nothing_to_undo`, `undo_over`, `already_redeemed`
 */
export async function undoVerdict(context: ServiceContext, id: string): Promise<ApprovalDetail> {
  requirePermission(context.actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  const refused = await undoAll(context, [approvalId]);
  const refusal = refused.get(approvalId);
  if (refusal !== undefined) throw refusal;
  return getApproval(context, approvalId);
}

/**
 * The same for several at once, in one transaction and at one time, so that the last of many has as long as the first. One that
 * cannot be taken back keeps no other from it.
 *
 * @throws DomainError `forbidden`
 */
export async function undoTogether(
  context: ServiceContext,
  ids: readonly string[],
): Promise<BulkUndo> {
  requirePermission(context.actor, 'approvals.decide');
  const refused = await undoAll(context, ids.filter(isUuid));
  const results = ids.map((id): BulkUndo['results'][number] => {
    const refusal = isUuid(id) ? refused.get(id) : notFound('approval');
    if (refusal === undefined) return { id, outcome: 'undone' };
    return { id, outcome: 'refused', code: refusal.code, text: refusal.message };
  });
  return { results };
}

/** @returns why those were refused that were */
async function undoAll(
  asked: ServiceContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DomainError>> {
  const clock = passingFrom(asked.now.getTime());
  return withTransaction(async (sql) => {
    const rows = await lockAll(sql, asked.actor.workspaceId, ids);
    const context = { ...asked, now: new Date(clock()) };
    const refused = new Map(
      ids.filter((id) => !rows.has(id)).map((id) => [id, notFound('approval')]),
    );
    const undone: Undone[] = [];
    for (const approval of rows.values()) {
      const refusal = await whyNotUndone(sql, context, approval);
      if (refusal === undefined) undone.push(await reopened(sql, context, approval));
      else refused.set(approval.id, refusal);
    }
    if (undone.length === 0) return refused;
    await writeUndone(sql, context, undone);
    await record(
      sql,
      context,
      undone.map((one) =>
        noteOf(context, 'approval.undone', `approval:${one.approval.id}`, told(one)),
      ),
      undone.flatMap(({ approval: { id: subjectId, agentId }, state }) =>
        ANNOUNCED[state].map((type) => ({ type, agentId, subjectId })),
      ),
    );
    return refused;
  });
}

/** The approvals as they stand once everybody before us is done, locked in the order of their ids until the transaction ends. */
async function lockAll(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ApprovalRow>> {
  await shareEpochs(sql, workspaceId);
  await sql(
    'SELECT 1 FROM approvals WHERE workspace_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE',
    [workspaceId, ids],
  );
  const rows = await sql<ApprovalRow>(
    `SELECT ${APPROVAL_COLUMNS} FROM ${APPROVAL_TABLES} WHERE ap.workspace_id = $1 AND ap.id = ANY($2::uuid[]) ORDER BY ap.id`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Where the call goes: it waits again, unless something has stopped it since. The first of two approvals leaves it where it is. */
async function reopened(
  sql: Sql,
  { actor }: ServiceContext,
  approval: ApprovalRow,
): Promise<Undone> {
  if (approval.state === 'pending') return { approval, isFirstOfTwo: true, state: 'pending' };
  const stopped = await whyStopped(sql, actor.workspaceId, approval);
  return stopped === undefined
    ? { approval, isFirstOfTwo: false, state: 'pending' }
    : { approval, isFirstOfTwo: false, state: 'cancelled', why: stopped };
}

const told = ({ approval, isFirstOfTwo, state }: Undone) => ({
  agent: approval.agentId,
  decision: approval.decisionId,
  tool: approval.tool,
  digest: approval.digest,
  outcome: isFirstOfTwo ? 'approved' : approval.state,
  state,
});

const ANNOUNCED: Readonly<Record<Undone['state'], readonly EventType[]>> = {
  // It is in the queue again, and its page is another one.
  pending: ['approval.opened', 'approval.changed'],
  // Nobody has to look at it again.
  cancelled: ['approval.closed'],
};
