import { requirePermission } from '@/lib/auth';
import { DEFAULT_VERDICT_RULES, type VerdictRules, type VerdictSettings } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { isoOrNull } from '@/lib/services/instants';

interface Row extends VerdictRules {
  readonly version: number;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date | null;
}

const DEFAULT_ROW: Row = {
  ...DEFAULT_VERDICT_RULES,
  version: 0,
  reason: 'The default.',
  createdBy: 'Belay',
  createdAt: null,
};

/** What holds for verdicts in this workspace. */
export async function getVerdictSettings({ actor }: ServiceContext): Promise<VerdictSettings> {
  requirePermission(actor, 'workspace.read');
  const [[row = DEFAULT_ROW], [people]] = await Promise.all([
    sql<Row>(
      `SELECT version, undo_seconds AS "undoSeconds", approvals_needed AS "approvalsNeeded", grant_most_uses AS "grantMostUses",
         grant_most_minutes AS "grantMostMinutes", reason, created_by_name AS "createdBy", created_at AS "createdAt"
       FROM verdict_settings WHERE workspace_id = $1 ORDER BY version DESC LIMIT 1`,
      [actor.workspaceId],
    ),
    sql<{ reviewers: number }>(
      `SELECT count(*)::int AS reviewers FROM memberships m JOIN people p ON p.id = m.person_id
       WHERE m.workspace_id = $1 AND m.role <> 'viewer' AND p.disabled_at IS NULL
         AND (p.password_hash IS NOT NULL OR p.oidc_subject IS NOT NULL)`,
      [actor.workspaceId],
    ),
  ]);
  return { ...row, createdAt: isoOrNull(row.createdAt), reviewers: people?.reviewers ?? 0 };
}
