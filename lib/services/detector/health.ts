import { requirePermission } from '@/lib/auth';
import type { DetectorHealth } from '@/lib/contracts';
import { detectorLane } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { serializeHealth } from '@/lib/services/outside-health';
import { getDetector } from './get';

/** How the detector of this workspace is doing, as this process has seen it. @throws DomainError `forbidden` */
export async function detectorHealth(context: ServiceContext): Promise<DetectorHealth> {
  requirePermission(context.actor, 'workspace.read');
  const { version, kind } = await getDetector(context);
  const health = detectorLane(context.actor.workspaceId).health(version);
  const { waiting, dropped, found } = health;
  return {
    ...serializeHealth(version, kind === 'none' ? undefined : health),
    waiting,
    dropped,
    found: { ...found },
  };
}
