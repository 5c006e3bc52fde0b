/** The end of a canary: opened in the ledger, whatever became of it. */
import { actorRef, type ConsoleActor } from '@/lib/auth';
import type { CanaryOutcome, CanaryTemplate } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { LedgerNote } from '@/lib/decide';
import { openingOf, type Sealed } from './commitment';

export interface CanaryRow {
  readonly id: string;
  readonly template: CanaryTemplate;
  readonly nonce: string;
  readonly dueAt: Date;
  readonly approvalId: string | null;
  readonly decisionId: string | null;
  readonly agentId: string | null;
}

export const CANARY_COLUMNS = `c.id, c.template, c.nonce, c.due_at AS "dueAt", c.approval_id AS "approvalId",
  c.decision_id AS "decisionId", c.agent_id AS "agentId"`;

/**
 * Writes down how a canary ended.
 *
 * @param judge whoever gave the verdict; nobody when there was none
 * @returns what opens the commitment, for the ledger
 */
export async function endCanary(
  sql: Sql,
  workspaceId: string,
  canary: CanaryRow,
  end: { outcome: CanaryOutcome; judge: ConsoleActor | null; now: Date },
): Promise<LedgerNote> {
  const { outcome, judge, now } = end;
  const by = judge === null ? null : actorRef(judge);
  await sql(
    `UPDATE canaries SET outcome = $3, closed_at = $4, judged_by = $5, judged_by_name = $6
     WHERE workspace_id = $1 AND id = $2 AND outcome IS NULL`,
    [workspaceId, canary.id, outcome, now, by, judge?.name ?? null],
  );
  const sealed: Sealed = { ...canary, dueAt: canary.dueAt.getTime() };
  return {
    kind: 'canary.opened',
    actor: by ?? 'belay',
    subject: canary.approvalId === null ? 'workspace' : `approval:${canary.approvalId}`,
    body: { ...openingOf(sealed), decision: canary.decisionId, outcome },
  };
}
