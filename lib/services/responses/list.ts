import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { responseListSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { currentLadder } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { responseTable } from '@/lib/trust';

/** Which threshold leads to which response. @throws DomainError `forbidden` */
export async function listResponses({
  actor,
}: ServiceContext): Promise<z.infer<typeof responseListSchema>> {
  requirePermission(actor, 'workspace.read');
  const { body } = await currentLadder(sql, actor.workspaceId);
  return { items: responseTable(body) };
}
