import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type PolicyVersion } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { seizeEpochs } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { putInForce } from './create';
import {
  readVersion,
  serializePolicy,
  stalePolicy,
  stateOf,
  versionInForce,
  type PolicyRow,
} from './policy-rows';
import { secondPersonRefusal } from './second-person';

/**
 * Puts a proposed version in force, as the second person.
 *
 * @throws DomainError `forbidden`, `person_needed`, `own_change`; `not_found`; 409 `already_approved`, `already_withdrawn`,
 *   `stale_version` when another version came into force since it was compared
 */
export async function approvePolicy(
  context: ServiceContext,
  version: number,
  comment: string | undefined,
): Promise<PolicyVersion> {
  const { actor, now } = context;
  requirePermission(actor, 'policies.edit');
  return withTransaction(async (sql) => {
    await seizeEpochs(sql, actor.workspaceId);
    const proposal = await requireVersion(sql, actor.workspaceId, version);
    await requireProposed(sql, context, proposal);
    const refusal = secondPersonRefusal(proposal, actor);
    if (refusal !== undefined) throw refusal;
    await sql(
      `UPDATE policies SET approved_by = $3, approved_by_name = $4, approved_at = $5 WHERE workspace_id = $1 AND version = $2`,
      [actor.workspaceId, version, actorRef(actor), actor.name, now],
    );
    await putInForce(sql, actor.workspaceId, version);
    const row = await requireVersion(sql, actor.workspaceId, version);
    const body = { version, proposedBy: row.createdBy, comment: comment ?? null };
    await record(
      sql,
      context,
      [noteOf(context, 'policy.approved', `policy:${version}`, body)],
      [{ type: 'policy.changed', subjectId: String(version) }],
    );
    return serializePolicy(row, version, actor);
  });
}

export async function requireVersion(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<PolicyRow> {
  const row = await readVersion(sql, workspaceId, version);
  if (row === undefined) throw notFound('version of the policy');
  return row;
}

/** The epochs are held alone here, so what is read stays true until the end. */
export async function requireProposed(
  sql: Sql,
  { actor }: ServiceContext,
  row: PolicyRow,
): Promise<void> {
  const inForce = await versionInForce(sql, actor.workspaceId);
  const state = stateOf(row, inForce);
  if (state === 'outdated') throw stalePolicy(row.basedOn ?? 0, inForce);
  if (state === 'withdrawn') throw alreadyWithdrawn(row);
  if (state !== 'proposed') throw alreadyApproved(row);
}

function alreadyWithdrawn({ version, withdrawnByName, withdrawnAt }: PolicyRow): DomainError {
  return new DomainError(
    'conflict',
    'already_withdrawn',
    `Version ${version} was withdrawn by ${withdrawnByName ?? 'somebody'}.`,
    { facts: { version, by: withdrawnByName, at: withdrawnAt?.toISOString() ?? null } },
  );
}

function alreadyApproved({ version, approvedByName, approvedAt }: PolicyRow): DomainError {
  const who = approvedByName === null ? 'It needed no approval' : `${approvedByName} approved it`;
  return new DomainError(
    'conflict',
    'already_approved',
    `Version ${version} does not wait for anybody. ${who}.`,
    { facts: { version, by: approvedByName, at: approvedAt?.toISOString() ?? null } },
  );
}
