import { requirePermission } from '@/lib/auth';
import type { Vigilance } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { readVigilance } from './settings';

/** How this workspace watches its own reviewing. For managers: it holds what reviewers are tested with. @throws DomainError `forbidden` */
export function getVigilance({ actor }: ServiceContext): Promise<Vigilance> {
  requirePermission(actor, 'reviewing.manage');
  return readVigilance(sql, actor.workspaceId);
}
