import { requirePermission } from '@/lib/auth';
import type { BasePolicyVersion } from '@/lib/contracts';
import { prisma } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { serializeBasePolicy, WITHIN_THE_PACT } from './serialize';

/** Whom this workspace asks before Belay decides. */
export async function getBasePolicy({ actor }: ServiceContext): Promise<BasePolicyVersion> {
  requirePermission(actor, 'workspace.read');
  const row = await prisma().basePolicy.findFirst({
    where: { workspaceId: actor.workspaceId },
    orderBy: { version: 'desc' },
  });
  return row === null ? WITHIN_THE_PACT : serializeBasePolicy(row);
}
