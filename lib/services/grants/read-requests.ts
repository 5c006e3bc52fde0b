import type { z } from 'zod';
import {
  notFound,
  type GrantRequest,
  type grantRequestListQuerySchema,
  type grantRequestPageSchema,
} from '@/lib/contracts';
import { requirePermission } from '@/lib/auth';
import { isUuid, sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { GRANT_COLUMNS, GRANT_TABLES, type GrantRow } from './grant-rows';
import { REQUEST_COLUMNS, REQUEST_TABLES, serializeRequest, type RequestRow } from './request-rows';

/**
 * A grant that was asked for, as it stands.
 *
 * @param agentId undefined for a caller that may see every agent of the workspace; that is checked by the caller
 * @throws DomainError `not_found`, also for the request of another agent or workspace
 */
export async function readGrantRequest(
  { workspaceId, agentId, id }: { workspaceId: string; agentId: string | undefined; id: string },
  now: Date,
): Promise<GrantRequest> {
  const [row] = isUuid(id)
    ? await sql<RequestRow>(
        `SELECT ${REQUEST_COLUMNS} FROM ${REQUEST_TABLES}
         WHERE r.workspace_id = $1 AND r.id = $2 AND ($3::uuid IS NULL OR r.agent_id = $3)`,
        [workspaceId, id, agentId ?? null],
      )
    : [];
  if (row === undefined) throw notFound('grant request');
  const grants = await grantsOfApprovals(workspaceId, [row.approvalId]);
  return serializeRequest(row, grants.get(row.approvalId), now);
}

/** Grants that were asked for, the newest first; those that wait unless told. */
export async function listGrantRequests(
  { actor, now }: ServiceContext,
  query: z.infer<typeof grantRequestListQuerySchema>,
): Promise<z.infer<typeof grantRequestPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [at = null, id = null] = decodeCursor(query.cursor, ['instant', 'id']);
  const rows = await sql<RequestRow>(
    `SELECT ${REQUEST_COLUMNS} FROM ${REQUEST_TABLES}
     WHERE r.workspace_id = $1 AND ($2 = 'all' OR (ap.state = 'pending' AND ap.expires_at > $3))
       AND ($4::uuid IS NULL OR r.agent_id = $4)
       AND ($5::timestamptz IS NULL OR (r.created_at, r.id) < ($5, $6::uuid))
     ORDER BY r.created_at DESC, r.id DESC LIMIT $7`,
    [actor.workspaceId, query.state, now, filterId(query.agent, 'agent'), at, id, query.limit + 1],
  );
  const approvals = rows.map(({ approvalId }) => approvalId);
  const grants = await grantsOfApprovals(actor.workspaceId, approvals);
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.requestedAt.toISOString(), row.id],
    (row) => serializeRequest(row, grants.get(row.approvalId), now),
  );
}

async function grantsOfApprovals(
  workspaceId: string,
  approvalIds: readonly string[],
): Promise<ReadonlyMap<string, GrantRow>> {
  if (approvalIds.length === 0) return new Map();
  const rows = await sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM ${GRANT_TABLES} WHERE g.workspace_id = $1 AND g.approval_id = ANY($2::uuid[])`,
    [workspaceId, [...approvalIds]],
  );
  return new Map(rows.map((row) => [row.approvalId, row]));
}
