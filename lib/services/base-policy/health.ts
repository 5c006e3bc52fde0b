import { requirePermission } from '@/lib/auth';
import type { OutsideHealth } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { basePolicyOf } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { serializeHealth } from '@/lib/services/outside-health';

/** How the decision point of this workspace is doing, as this process has seen it. @throws DomainError `forbidden` */
export async function basePolicyHealth({ actor }: ServiceContext): Promise<OutsideHealth> {
  requirePermission(actor, 'workspace.read');
  const { version, policy } = await basePolicyOf(sql, actor.workspaceId);
  return serializeHealth(version, policy?.health());
}
