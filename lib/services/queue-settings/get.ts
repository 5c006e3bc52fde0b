import { requirePermission } from '@/lib/auth';
import type { QueueSettingsAnswer } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readQueueSettings } from '@/lib/services/approvals/queue/settings-row';
import type { ServiceContext } from '@/lib/services/context';

/** How long a claim lasts, and when what nobody looks at is told of. @throws DomainError `forbidden` */
export async function getQueueSettings({ actor }: ServiceContext): Promise<QueueSettingsAnswer> {
  requirePermission(actor, 'workspace.read');
  return readQueueSettings(sql, actor.workspaceId);
}
