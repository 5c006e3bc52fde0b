/** Versions of the trust policy as rows, and what the wire shows of them. */
import { z } from 'zod';
import { actorRef, hasPermission, type ConsoleActor } from '@/lib/auth';
import {
  DomainError,
  policyTestSchema,
  policyWideningSchema,
  type PolicyTest,
  type PolicyVersion,
} from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import { secondPersonRefusal } from './second-person';

export interface PolicyRow {
  readonly version: number;
  readonly basedOn: number | null;
  readonly text: string;
  readonly tests: unknown;
  readonly reason: string;
  readonly proposed: boolean;
  readonly widening: unknown;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly withdrawnByName: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  /** The person behind `createdBy`: who wrote it, or who made the key that did; null for a key of the command line. */
  readonly author: string | null;
}

/** What a key wrote, the person behind the key wrote. */
const AUTHOR = `CASE WHEN p.created_by LIKE 'person:%' THEN p.created_by ELSE (SELECT 'person:' || k.author_person_id
    FROM api_keys k WHERE k.workspace_id = p.workspace_id AND p.created_by = 'key:' || k.id) END`;

const COLUMNS = `p.version, p.based_on AS "basedOn", p.text, p.tests, p.reason, p.proposed, p.widening, p.created_by AS "createdBy",
  p.created_by_name AS "createdByName", p.created_at AS "createdAt", p.approved_by_name AS "approvedByName",
  p.approved_at AS "approvedAt", p.withdrawn_by_name AS "withdrawnByName", p.withdrawn_at AS "withdrawnAt",
  p.withdrawn_reason AS "withdrawnReason", ${AUTHOR} AS author`;

export async function readVersion(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<PolicyRow | undefined> {
  const [row] = await sql<PolicyRow>(
    `SELECT ${COLUMNS} FROM policies p WHERE p.workspace_id = $1 AND p.version = $2`,
    [workspaceId, version],
  );
  return row;
}

/** Versions below `before`, newest first. */
export async function readVersions(
  sql: Sql,
  workspaceId: string,
  page: { before: number | undefined; limit: number },
): Promise<PolicyRow[]> {
  return sql<PolicyRow>(
    `SELECT ${COLUMNS} FROM policies p WHERE p.workspace_id = $1 AND ($2::int IS NULL OR p.version < $2)
     ORDER BY p.version DESC LIMIT $3`,
    [workspaceId, page.before ?? null, page.limit],
  );
}

/** The number of the version in force. */
export async function versionInForce(sql: Sql, workspaceId: string): Promise<number> {
  const [row] = await sql<{ version: number }>(
    'SELECT policy_version AS version FROM workspace_epochs WHERE workspace_id = $1',
    [workspaceId],
  );
  return row?.version ?? 0;
}

export function testsOf({ tests }: Pick<PolicyRow, 'tests'>): PolicyTest[] {
  return z.array(policyTestSchema).parse(tests);
}

type State = PolicyVersion['state'];

export function stateOf(
  row: Pick<PolicyRow, 'version' | 'proposed' | 'approvedAt' | 'withdrawnAt' | 'basedOn'>,
  inForce: number,
): State {
  if (row.version === inForce) return 'in_force';
  if (row.withdrawnAt !== null) return 'withdrawn';
  if (!row.proposed || row.approvedAt !== null) return 'superseded';
  return row.basedOn === inForce ? 'proposed' : 'outdated';
}

export function serializePolicy(
  row: PolicyRow,
  inForce: number,
  actor: ConsoleActor,
): PolicyVersion {
  const state = stateOf(row, inForce);
  return {
    version: row.version,
    basedOn: row.basedOn,
    text: row.text,
    tests: testsOf(row),
    reason: row.reason,
    createdBy: row.createdByName,
    createdAt: iso(row.createdAt),
    state,
    current: state === 'in_force',
    widening: policyWideningSchema.nullable().parse(row.widening),
    approvedBy: row.approvedByName,
    approvedAt: row.approvedAt === null ? null : iso(row.approvedAt),
    withdrawal: withdrawalOf(row),
    mayApprove: mayApprove(row, state, actor),
    mayWithdraw: state === 'proposed' && mayWithdraw(row, actor),
  };
}

function withdrawalOf({ withdrawnByName, withdrawnAt, withdrawnReason }: PolicyRow) {
  if (withdrawnAt === null) return null;
  return { by: withdrawnByName ?? '', at: iso(withdrawnAt), reason: withdrawnReason ?? '' };
}

/** Whoever proposed it, themselves or with a key of theirs, and everybody who may change the policy. */
export function mayWithdraw(
  { createdBy, author }: Pick<PolicyRow, 'createdBy' | 'author'>,
  actor: ConsoleActor,
): boolean {
  const who = actorRef(actor);
  return who === createdBy || who === author || hasPermission(actor.role, 'policies.edit');
}

function mayApprove(
  row: PolicyRow,
  state: State,
  actor: ConsoleActor,
): PolicyVersion['mayApprove'] {
  if (state !== 'proposed') return { allowed: false };
  if (!hasPermission(actor.role, 'policies.edit'))
    return { allowed: false, why: 'A manager or an admin has to approve it.' };
  const refusal = secondPersonRefusal(row, actor);
  return refusal === undefined ? { allowed: true } : { allowed: false, why: refusal.message };
}

export function stalePolicy(basedOn: number, current: number): DomainError {
  return new DomainError(
    'conflict',
    'stale_version',
    `You started from version ${basedOn}, and version ${current} is in force now. Look at what changed and try again.`,
    { facts: { basedOn, current } },
  );
}
