/** What the workspace has set about verdicts, for whoever gives one and for the decisions that ask for one. */
import { DEFAULT_VERDICT_RULES, type VerdictRules } from '@/lib/contracts';
import type { Sql } from '@/lib/db';

/** The rules in force. The caller holds the workspace's epochs where a change in between would matter. */
export async function readVerdictRules(sql: Sql, workspaceId: string): Promise<VerdictRules> {
  const [row] = await sql<VerdictRules>(
    `SELECT undo_seconds AS "undoSeconds", approvals_needed AS "approvalsNeeded", grant_most_uses AS "grantMostUses",
       grant_most_minutes AS "grantMostMinutes"
     FROM verdict_settings WHERE workspace_id = $1 ORDER BY version DESC LIMIT 1`,
    [workspaceId],
  );
  return row ?? DEFAULT_VERDICT_RULES;
}
