import { actorRef, requirePermission } from '@/lib/auth';
import type { VerdictSettings, VerdictSettingsInput } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { getVerdictSettings } from './get';

/**
 * Sets what holds for verdicts from now on. What waits keeps the number of approvals it needed when it was asked for. For admins,
 * because asking fewer people takes a limit away.
 *
 * @throws DomainError `forbidden`, `stale_version`
 */
export async function setVerdictSettings(
  context: ServiceContext,
  { basedOn, reason, ...rules }: VerdictSettingsInput,
): Promise<VerdictSettings> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  await withTransaction(async (sql) => {
    const version = await nextVersion(sql, actor.workspaceId, 'verdict_version', basedOn);
    await sql(
      `INSERT INTO verdict_settings (workspace_id, version, undo_seconds, approvals_needed, grant_most_uses, grant_most_minutes,
         reason, created_by, created_by_name, created_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10)`,
      [
        actor.workspaceId,
        version,
        rules.undoSeconds,
        JSON.stringify(rules.approvalsNeeded),
        rules.grantMostUses,
        rules.grantMostMinutes,
        reason,
        actorRef(actor),
        actor.name,
        now,
      ],
    );
    const note = noteOf(context, 'verdict_settings.changed', `verdict_settings:${version}`, {
      version,
      ...rules,
      reason,
    });
    await record(sql, context, [note], [{ type: 'workspace.changed' }]);
  });
  return getVerdictSettings(context);
}
