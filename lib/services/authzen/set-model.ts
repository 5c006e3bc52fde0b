import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type AccessModel, type AccessModelInput } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { AccessModelInvalid, compileAccessModel } from '@/lib/policy/access';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { getAccessModel } from './get-model';

/**
 * Writes down what holds for subjects that are no agents. It is part of the base policy, so it raises its version: the decision
 * point outside, where there is one, stays as it is. For admins, as the rest of the base policy.
 *
 * @throws DomainError `forbidden`, `stale_version`; 422 `invalid_access_model`, where `errors[].path` is `policies:LINE:COLUMN`,
 *   `schema` or `entities`
 */
export async function setAccessModel(
  context: ServiceContext,
  input: AccessModelInput,
): Promise<AccessModel> {
  const { actor } = context;
  requirePermission(actor, 'workspace.manage');
  requireValid(input);
  await withTransaction(async (sql) => {
    const next = await nextVersion(sql, actor.workspaceId, 'base_policy_version', input.basedOn);
    await copyBasePolicy(sql, context, next, input.reason);
    await sql(
      `INSERT INTO access_models (workspace_id, version, policies, schema_text, entities) VALUES ($1, $2, $3, $4, $5::jsonb)`,
      [actor.workspaceId, next, input.policies, input.schema, JSON.stringify(input.entities)],
    );
    const { policies, schema, entities } = input;
    // The ledger says which model it was; the model itself stands in its table.
    const digest = sha256Hex(canonicalText({ policies, schema, entities }));
    const body = { version: next, entities: entities.length, digest, reason: input.reason };
    await record(
      sql,
      context,
      [noteOf(context, 'access_model.changed', `base_policy:${next}`, body)],
      [{ type: 'policy.changed', subjectId: `base-${next}` }],
    );
  });
  return getAccessModel(context);
}

function requireValid(input: AccessModelInput): void {
  try {
    compileAccessModel(input);
  } catch (error) {
    if (!(error instanceof AccessModelInvalid)) throw error;
    throw new DomainError('unprocessable', 'invalid_access_model', error.message, {
      errors: error.problems.slice(0, 20),
    });
  }
}

/** The decision point of the version before, whom its sealed token still belongs to. */
async function copyBasePolicy(
  sql: Sql,
  { actor, now }: ServiceContext,
  version: number,
  reason: string,
): Promise<void> {
  await sql(
    `INSERT INTO base_policies (workspace_id, version, kind, url, path, timeout_ms, sealed_token, reason, created_by,
       created_by_name, created_at)
     SELECT $1, $2, coalesce(b.kind, 'none'), coalesce(b.url, ''), coalesce(b.path, ''), coalesce(b.timeout_ms, 500),
       b.sealed_token, $3, $4, $5, $6
     FROM (SELECT 1) AS one LEFT JOIN base_policies b ON b.workspace_id = $1 AND b.version = $2 - 1`,
    [actor.workspaceId, version, reason, actorRef(actor), actor.name, now],
  );
}
