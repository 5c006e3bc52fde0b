/**
 * Verdicts that can still be taken back. Until then they are no evidence: a row says what they will be. Folding deletes the row in
 * the transaction that moves the score, undoing deletes it too, so that a verdict counts once or never, whoever is killed when.
 */
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import { applySignals, type NewSignal } from './apply-signals';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
import { storeVerdictEffect } from './verdict-effect';

export interface DueVerdict {
  readonly workspaceId: string;
  readonly approvalId: string;
  readonly decisionId: string;
  readonly agentId: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  /** Who gave the verdict: `person:<id>` or `key:<id>`. */
  readonly actor: string;
  readonly signals: readonly NewSignal[];
}

/** Keeps a verdict for later. The caller has locked the approval. */
export async function deferVerdict(sql: Sql, due: DueVerdict): Promise<void> {
  await sql(
    `INSERT INTO due_verdicts (workspace_id, approval_id, decision_id, agent_id, due_at, actor, signals)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
    [
      due.workspaceId,
      due.approvalId,
      due.decisionId,
      due.agentId,
      new Date(due.dueAt),
      due.actor,
      JSON.stringify(due.signals),
    ],
  );
}

/**
 * The approval a decision waits or waited for, locked: before the decision and its permit, in the order everybody locks in.
 *
 * @returns its id; nothing for an action that was allowed at once, which has none
 */
export async function lockApprovalOf(
  sql: Sql,
  workspaceId: string,
  decisionId: string,
): Promise<string | undefined> {
  const [approval] = await sql<{ id: string }>(
    'SELECT id FROM approvals WHERE workspace_id = $1 AND decision_id = $2 FOR UPDATE',
    [workspaceId, decisionId],
  );
  return approval?.id;
}

/** What the agent makes of an approval stands on its page: whoever looks at it hears of it. */
export const approvalUsed = (approvalId: string | undefined, agentId: string): Announcement[] =>
  approvalId === undefined ? [] : [{ type: 'approval.used', agentId, subjectId: approvalId }];

export interface Folded {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}
export const NOTHING_FOLDED: Folded = { notes: [], announcements: [] };

/**
 * Lets the verdict on a decision count now, if it has not yet: it can no longer be taken back. The caller has locked the approval
 * (`lockApprovalOf`) and appends what is returned to the ledger.
 *
 * @param now milliseconds since the epoch
 */
export async function foldVerdict(
  sql: Sql,
  { workspaceId, decisionId, now }: { workspaceId: string; decisionId: string; now: number },
): Promise<Folded> {
  const [row] = await sql<{
    approval_id: string;
    agent_id: string;
    actor: string;
    signals: NewSignal[];
  }>(
    `DELETE FROM due_verdicts WHERE workspace_id = $1 AND decision_id = $2
     RETURNING approval_id, agent_id, actor, signals`,
    [workspaceId, decisionId],
  );
  if (row === undefined) return NOTHING_FOLDED;
  const { approval_id: approvalId, agent_id: agentId, actor } = row;
  // As of now, when it begins to count: the point of the score and what moved it have one time.
  const applied = await applySignals(sql, {
    workspaceId,
    agentId,
    now,
    actor,
    signals: row.signals,
  });
  await storeVerdictEffect(sql, { workspaceId, approvalId, now, ...applied });
  const announcement = { type: 'approval.changed' as const, agentId, subjectId: approvalId };
  return { notes: applied.notes, announcements: [announcement, ...applied.announcements] };
}

/** Most verdicts that one round lets count. */
const ROUND = 500;

/**
 * Lets every verdict count whose time to be taken back is over. Each has a transaction of its own, and several processes may do
 * this at once.
 *
 * @param now milliseconds since the epoch
 * @returns how many now count
 */
export async function foldDueVerdicts(now: number): Promise<number> {
  const due = await query<{ workspace_id: string; decision_id: string }>(
    `SELECT workspace_id, decision_id FROM due_verdicts WHERE due_at <= $1 ORDER BY due_at LIMIT ${ROUND}`,
    [new Date(now)],
  );
  let folded = 0;
  const failures: unknown[] = [];
  for (const { workspace_id: workspaceId, decision_id: decisionId } of due)
    try {
      if (await foldOne(workspaceId, decisionId, now)) folded += 1;
    } catch (error) {
      failures.push(error);
    }
  // One that cannot be folded stays due and keeps the others waiting no longer than this round.
  if (failures.length > 0) throw failures[0];
  return folded;
}

function foldOne(workspaceId: string, decisionId: string, now: number): Promise<boolean> {
  return withTransaction(async (sql) => {
    await lockApprovalOf(sql, workspaceId, decisionId);
    const { notes, announcements } = await foldVerdict(sql, { workspaceId, decisionId, now });
    if (announcements.length === 0) return false;
    await appendLedger(sql, workspaceId, notes, announcements, now);
    return true;
  });
}
