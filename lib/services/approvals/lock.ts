import { notFound } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { APPROVAL_COLUMNS, APPROVAL_TABLES, type ApprovalRow } from './approval-rows';
import { partedForFirst, type Parted } from './first-call';
import { selectParties, shareEpochs, type KnownPerson } from '@/lib/decide';

/** An approval, with everybody who has a part in its action: enough to say who may decide. */
export type DecidableRow = ApprovalRow & Parted;

/**
 * The approval as it stands once everybody before us is done, locked until the transaction ends. Of two reviewers the second
 * sees here what the first decided.
 *
 * @param people of the workspace, to ask for several calls one after the other
 * @throws DomainError `not_found`
 */
export async function lockApproval(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
  people?: readonly KnownPerson[],
): Promise<DecidableRow> {
  await shareEpochs(sql, workspaceId);
  await sql('SELECT 1 FROM approvals WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    workspaceId,
    approvalId,
  ]);
  return readApproval(sql, workspaceId, approvalId, people);
}

/** The decision behind a locked approval: decisions come before everything else that a verdict locks. */
export const lockDecisionOf = (
  sql: Sql,
  workspaceId: string,
  { decisionId }: Pick<ApprovalRow, 'decisionId'>,
): Promise<unknown> =>
  sql('SELECT 1 FROM decisions WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    workspaceId,
    decisionId,
  ]);

/** @throws DomainError `not_found` */
export async function readApproval(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
  people?: readonly KnownPerson[],
): Promise<DecidableRow> {
  const [row] = await sql<ApprovalRow>(
    `SELECT ${APPROVAL_COLUMNS} FROM ${APPROVAL_TABLES} WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [workspaceId, approvalId],
  );
  if (row === undefined) throw notFound('approval');
  const parties = await selectParties(sql, workspaceId, row, people);
  return { ...row, ...(await partedForFirst(sql, workspaceId, row, parties)) };
}
