/** A verdict on an approval that turns out to be a canary. */
import type { CanaryEnding, CanaryOutcome } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { record } from '@/lib/services/record';
import { CANARY_COLUMNS, endCanary, type CanaryRow } from './close';

interface GivenVerdict {
  readonly outcome: 'approved' | 'rejected';
  readonly edits?: unknown;
}

interface Judged {
  readonly id: string;
  readonly decisionId: string;
  readonly agentId: string;
}

const WORDS: Readonly<Record<'caught' | 'missed' | 'edited', string>> = {
  caught: 'It was rejected: caught.',
  missed: 'It was approved: missed. Nothing was carried out.',
  edited: 'It was approved with other values, which counts neither way. Nothing was carried out.',
};

/** The canary that an approval is, locked; nothing for any other. The caller has locked the approval, and not yet the agent's trust. */
export async function lockCanary(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
): Promise<CanaryRow | undefined> {
  const [canary] = await sql<CanaryRow>(
    `SELECT ${CANARY_COLUMNS} FROM canaries c WHERE c.workspace_id = $1 AND c.approval_id = $2 AND c.outcome IS NULL FOR UPDATE`,
    [workspaceId, approvalId],
  );
  return canary;
}

/** Ends the approval of a canary as cancelled: no permit, no signal, no figure of the agent. The caller has locked both. */
export async function judgeCanary(
  sql: Sql,
  context: ServiceContext,
  { approval, canary }: { approval: Judged; canary: CanaryRow },
  verdict: GivenVerdict,
): Promise<void> {
  const { actor, now } = context;
  const { workspaceId } = actor;
  const outcome = outcomeOf(verdict);
  await sql(
    `UPDATE approvals SET state = 'cancelled', cancel_reason = $3, cancelled_at = $4 WHERE workspace_id = $1 AND id = $2`,
    [
      workspaceId,
      approval.id,
      `A canary: made up, to see whether such requests are noticed. ${WORDS[outcome]}`,
      now,
    ],
  );
  await sql(`UPDATE decisions SET state = 'cancelled' WHERE workspace_id = $1 AND id = $2`, [
    workspaceId,
    approval.decisionId,
  ]);
  const note = await endCanary(sql, workspaceId, canary, { outcome, judge: actor, now });
  await record(
    sql,
    context,
    [note],
    [{ type: 'approval.closed', agentId: approval.agentId, subjectId: approval.id }],
  );
}

function outcomeOf({ outcome, edits }: GivenVerdict): 'caught' | 'missed' | 'edited' {
  if (outcome === 'rejected') return 'caught';
  return edits === undefined ? 'missed' : 'edited';
}

/** How a canary ended, for the page of its approval; null for an approval that is none, or is still open. */
export async function readEnding(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
): Promise<CanaryEnding | null> {
  const [row] = await sql<{ outcome: CanaryOutcome; notice: string; name: string | null }>(
    `SELECT outcome, template->>'notice' AS notice, judged_by_name AS name FROM canaries
     WHERE workspace_id = $1 AND approval_id = $2 AND outcome IN ('caught', 'missed', 'edited')`,
    [workspaceId, approvalId],
  );
  return row ?? null;
}
