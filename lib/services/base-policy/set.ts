import { actorRef, requirePermission } from '@/lib/auth';
import type { BasePolicyInput, BasePolicyVersion } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { holdBasePolicy, sealedFor, type BasePolicySettings } from '@/lib/decide';
import { seal } from '@/lib/env/seal';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { serializeBasePolicy } from './serialize';

/**
 * Says whom this workspace asks before Belay decides. Counts from its acknowledgement on: an action that was asked about
 * under another version is denied. For admins, because naming nobody takes a limit away.
 *
 * @throws DomainError `forbidden`, `stale_version`
 */
export async function setBasePolicy(
  context: ServiceContext,
  input: BasePolicyInput,
): Promise<BasePolicyVersion> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  const settings = await withTransaction(async (sql) => {
    const next = await nextVersion(sql, actor.workspaceId, 'base_policy_version', input.basedOn);
    const made = settingsOf(actor.workspaceId, next, input);
    await insert(sql, context, made, input.reason);
    const { kind, url, path, timeoutMs } = made;
    const hasToken = made.sealedToken !== null;
    const body = { version: next, kind, url, path, timeoutMs, hasToken, reason: input.reason };
    await record(
      sql,
      context,
      [noteOf(context, 'base_policy.changed', `base_policy:${next}`, body)],
      [{ type: 'policy.changed', subjectId: `base-${next}` }],
    );
    return made;
  });
  holdBasePolicy(actor.workspaceId, settings);
  const { reason } = input;
  return serializeBasePolicy({ ...settings, reason, createdByName: actor.name, createdAt: now });
}

function settingsOf(
  workspaceId: string,
  version: number,
  { kind, url, path, timeoutMs, token }: BasePolicyInput,
): BasePolicySettings {
  const asked = kind !== 'none';
  return {
    version,
    kind,
    url: asked ? (url ?? '') : '',
    path: kind === 'opa' ? (path ?? '') : '',
    timeoutMs,
    sealedToken:
      asked && token !== undefined ? seal('base-policy', token, sealedFor(workspaceId)) : null,
  };
}

async function insert(
  sql: Sql,
  { actor, now }: ServiceContext,
  { version, kind, url, path, timeoutMs, sealedToken }: BasePolicySettings,
  reason: string,
): Promise<void> {
  const who = [actorRef(actor), actor.name, now] as const;
  await sql(
    `INSERT INTO base_policies (workspace_id, version, kind, url, path, timeout_ms, sealed_token, reason, created_by,
       created_by_name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [actor.workspaceId, version, kind, url, path, timeoutMs, sealedToken, reason, ...who],
  );
}
