import { requirePermission } from '@/lib/auth';
import type { DetectorVersion } from '@/lib/contracts';
import { prisma } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { NO_DETECTOR, serializeDetector } from './serialize';

/** Whom this workspace asks about texts that agents have read. @throws DomainError `forbidden` */
export async function getDetector({ actor }: ServiceContext): Promise<DetectorVersion> {
  requirePermission(actor, 'workspace.read');
  const row = await prisma().detector.findFirst({
    where: { workspaceId: actor.workspaceId },
    orderBy: { version: 'desc' },
  });
  return row === null ? NO_DETECTOR : serializeDetector(row);
}
