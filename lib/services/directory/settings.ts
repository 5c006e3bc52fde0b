import { requirePermission } from '@/lib/auth';
import type { DirectorySettings } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';

/** Who may look up the agents of the workspace. @throws DomainError `forbidden` */
export async function getDirectorySettings({ actor }: ServiceContext): Promise<DirectorySettings> {
  requirePermission(actor, 'workspace.read');
  const [row] = await sql<DirectorySettings>(
    'SELECT directory_audience AS audience, directory_owner AS "showOwner" FROM workspaces WHERE id = $1',
    [actor.workspaceId],
  );
  return row ?? { audience: 'nobody', showOwner: false };
}

/** @throws DomainError `forbidden` */
export async function setDirectorySettings(
  context: ServiceContext,
  { audience, showOwner }: DirectorySettings,
): Promise<DirectorySettings> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  await withTransaction(async (run) => {
    await run('UPDATE workspaces SET directory_audience = $2, directory_owner = $3 WHERE id = $1', [
      actor.workspaceId,
      audience,
      showOwner,
    ]);
    const subject = `workspace:${actor.workspaceId}`;
    const note = noteOf(context, 'directory.changed', subject, { audience, showOwner });
    await record(run, context, [note], [{ type: 'workspace.changed' }]);
  });
  return { audience, showOwner };
}
