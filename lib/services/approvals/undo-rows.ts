/** The rows of verdicts that were taken back: one statement a table, however many they are. */
import { actorRef } from '@/lib/auth';
import type { Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import type { ApprovalRow } from './approval-rows';

/** A verdict that is taken back, and where its call goes. */
export interface Undone {
  readonly approval: ApprovalRow;
  /** One of two approvals; the call has not been closed. */
  readonly isFirstOfTwo: boolean;
  readonly state: 'pending' | 'cancelled';
  /** Why it does not wait again. */
  readonly why?: string;
}

/** The caller has locked the approvals. */
export async function writeUndone(
  sql: Sql,
  context: ServiceContext,
  undone: readonly Undone[],
): Promise<void> {
  const firsts = undone.filter(({ isFirstOfTwo }) => isFirstOfTwo);
  const closed = undone.filter(({ isFirstOfTwo }) => !isFirstOfTwo);
  if (firsts.length > 0) await writeFirsts(sql, context, firsts);
  if (closed.length > 0) await writeClosed(sql, context, closed);
}

async function writeFirsts(
  sql: Sql,
  { actor }: ServiceContext,
  undone: readonly Undone[],
): Promise<void> {
  const ids = undone.map(({ approval }) => approval.id);
  await sql(
    'UPDATE approvals SET verdicts_given = verdicts_given - 1 WHERE workspace_id = $1 AND id = ANY($2::uuid[])',
    [actor.workspaceId, ids],
  );
  await sql(
    'DELETE FROM approval_verdicts WHERE workspace_id = $1 AND approval_id = ANY($2::uuid[]) AND actor = $3',
    [actor.workspaceId, ids, actorRef(actor)],
  );
}

async function writeClosed(
  sql: Sql,
  { actor: { workspaceId }, now }: ServiceContext,
  undone: readonly Undone[],
): Promise<void> {
  const ids = undone.map(({ approval }) => approval.id);
  const decisionIds = undone.map(({ approval }) => approval.decisionId);
  const states = undone.map(({ state }) => state);
  await sql(
    `UPDATE approvals ap SET state = u.state, cancel_reason = u.why,
       cancelled_at = CASE WHEN u.state = 'cancelled' THEN $5::timestamptz END, decided_by = NULL, decided_by_name = NULL, decided_at = NULL,
       reject_reason = NULL, comment = NULL, edited_arguments = NULL, edited_digest = NULL,
       verdicts_given = ap.verdicts_given - CASE WHEN ap.state = 'approved' THEN 1 ELSE 0 END
     FROM unnest($2::uuid[], $3::text[], $4::text[]) AS u (id, state, why)
     WHERE ap.workspace_id = $1 AND ap.id = u.id`,
    [workspaceId, ids, states, undone.map(({ why }) => why ?? null), now],
  );
  await sql(
    `UPDATE decisions d SET state = u.state FROM unnest($2::uuid[], $3::text[]) AS u (id, state)
     WHERE d.workspace_id = $1 AND d.id = u.id`,
    [workspaceId, decisionIds, states],
  );
  await sql(
    `UPDATE permits p SET cancelled_at = coalesce(p.cancelled_at, $3),
       undone = 1 + (SELECT max(o.undone) FROM permits o WHERE o.workspace_id = $1 AND o.decision_id = p.decision_id)
     WHERE p.workspace_id = $1 AND p.decision_id = ANY($2::uuid[]) AND p.undone = 0`,
    [workspaceId, decisionIds, now],
  );
  await sql('DELETE FROM due_verdicts WHERE workspace_id = $1 AND approval_id = ANY($2::uuid[])', [
    workspaceId,
    ids,
  ]);
}
