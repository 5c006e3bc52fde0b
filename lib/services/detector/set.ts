import { actorRef, requirePermission } from '@/lib/auth';
import type { DetectorInput, DetectorVersion } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { detectorSealedFor, type DetectorSettings } from '@/lib/decide';
import { seal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { serializeDetector } from './serialize';

/**
 * Says whom this workspace asks about texts that agents have read. Counts for every text that is reported after its
 * acknowledgement; what was found before stays. For admins, because texts leave Belay.
 *
 * @throws DomainError `forbidden`, `stale_version`
 */
export async function setDetector(
  context: ServiceContext,
  input: DetectorInput,
): Promise<DetectorVersion> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const { reason } = input;
  const settings = await withTransaction(async (sql) => {
    const next = await nextVersion(sql, actor.workspaceId, 'detector_version', input.basedOn);
    const made = settingsOf(actor.workspaceId, next, input);
    await insert(sql, context, made, reason);
    const { kind, url, timeoutMs, threshold } = made;
    const hasToken = made.sealedToken !== null;
    const body = { version: next, kind, url, timeoutMs, threshold, hasToken, reason };
    await record(
      sql,
      context,
      [noteOf(context, 'detector.changed', `detector:${next}`, body)],
      [{ type: 'policy.changed', subjectId: `detector-${next}` }],
    );
    return made;
  });
  return serializeDetector({ ...settings, reason, createdByName: actor.name, createdAt: now });
}

function settingsOf(
  workspaceId: string,
  version: number,
  { kind, url, timeoutMs, threshold, token }: DetectorInput,
): DetectorSettings {
  const asked = kind !== 'none';
  return {
    version,
    kind,
    url: asked ? (url ?? '') : '',
    timeoutMs,
    threshold,
    sealedToken:
      asked && token !== undefined ? seal('detector', token, detectorSealedFor(workspaceId)) : null,
  };
}

async function insert(
  sql: Sql,
  { actor, now }: ServiceContext,
  { version, kind, url, timeoutMs, threshold, sealedToken }: DetectorSettings,
  reason: string,
): Promise<void> {
  const who = [actorRef(actor), actor.name, now] as const;
  await sql(
    `INSERT INTO detectors (workspace_id, version, kind, url, timeout_ms, threshold, sealed_token, reason, created_by,
       created_by_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [actor.workspaceId, version, kind, url, timeoutMs, threshold, sealedToken, reason, ...who],
  );
}
