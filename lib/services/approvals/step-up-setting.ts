import { requirePermission } from '@/lib/auth';
import type { StepUpMode, StepUpSettingInput } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';

/** When people prove themselves with a passkey in this workspace. */
export async function getStepUpSetting({ actor }: ServiceContext): Promise<{ mode: StepUpMode }> {
  requirePermission(actor, 'workspace.read');
  const [row] = await sql<{ mode: StepUpMode }>(
    'SELECT step_up AS mode FROM workspaces WHERE id = $1',
    [actor.workspaceId],
  );
  return { mode: row?.mode ?? 'when_registered' };
}

/** @throws DomainError `forbidden` */
export async function setStepUpSetting(
  context: ServiceContext,
  { mode, reason }: StepUpSettingInput,
): Promise<{ mode: StepUpMode }> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  return withTransaction(async (run) => {
    await run('UPDATE workspaces SET step_up = $2 WHERE id = $1', [actor.workspaceId, mode]);
    const note = noteOf(context, 'step_up.changed', `workspace:${actor.workspaceId}`, {
      mode,
      reason,
    });
    await record(run, context, [note], [{ type: 'workspace.changed' }]);
    return { mode };
  });
}
