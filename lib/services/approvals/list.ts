import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { approvalListQuerySchema, approvalPageSchema } from '@/lib/contracts';
import { sql, type SqlValue } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { isoOrNull } from '@/lib/services/instants';
import { containsPattern, decodeCursor, pageFrom } from '@/lib/services/paging';
import {
  APPROVAL_COLUMNS,
  APPROVAL_TABLES,
  serializeApproval,
  type ApprovalRow,
} from './approval-rows';

type Query = z.infer<typeof approvalListQuerySchema>;

/** Which rows a status means; `$2` is the time. Time ends an approval even before the sweep has closed it. */
const STATUS: Readonly<Record<Query['status'], string>> = {
  pending: `ap.state = 'pending' AND ap.expires_at > $2`,
  expired: `(ap.state = 'expired' OR (ap.state = 'pending' AND ap.expires_at <= $2))`,
  approved: `ap.state = 'approved'`,
  rejected: `ap.state = 'rejected'`,
  cancelled: `ap.state = 'cancelled'`,
  closed: `(ap.state <> 'pending' OR ap.expires_at <= $2)`,
  all: 'true',
};

/** The queue: what waits comes oldest first, everything else newest first. */
export async function listApprovals(
  { actor, now }: ServiceContext,
  query: Query,
): Promise<z.infer<typeof approvalPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const oldestFirst = query.status === 'pending';
  const [sign, order] = oldestFirst ? ['>', 'ASC'] : ['<', 'DESC'];
  const [at, id] = decodeCursor(query.cursor, ['instant', 'id']);
  const search = query.q?.trim() ?? '';
  const values: SqlValue[] = [
    actor.workspaceId,
    now,
    filterId(query.agent, 'agent'),
    search === '' ? null : containsPattern(search),
    at ?? null,
    id ?? null,
    query.limit + 1,
  ];
  const [rows, counts] = await Promise.all([
    sql<ApprovalRow>(
      `SELECT ${APPROVAL_COLUMNS} FROM ${APPROVAL_TABLES}
       WHERE ap.workspace_id = $1 AND $2::timestamptz IS NOT NULL AND ${STATUS[query.status]}
         AND ($3::uuid IS NULL OR ap.agent_id = $3)
         AND ($4::text IS NULL OR ap.tool ILIKE $4 OR a.name ILIKE $4 OR d.resource->>'id' ILIKE $4)
         AND ($5::timestamptz IS NULL OR (ap.requested_at, ap.id) ${sign} ($5, $6::uuid))
       ORDER BY ap.requested_at ${order}, ap.id ${order} LIMIT $7`,
      values,
    ),
    countPending(actor.workspaceId, now),
  ]);
  const page = pageFrom(
    rows,
    query.limit,
    (row) => [row.requestedAt.toISOString(), row.id],
    (row) => serializeApproval(row, now),
  );
  return { ...page, counts };
}

/** How many wait in the workspace, and since when the first. */
async function countPending(
  workspaceId: string,
  now: Date,
): Promise<{ pending: number; oldestAt: string | null }> {
  const [row] = await sql<{ pending: number; oldest: Date | null }>(
    `SELECT count(*)::int AS pending, min(requested_at) AS oldest FROM approvals
     WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $2`,
    [workspaceId, now],
  );
  return { pending: row?.pending ?? 0, oldestAt: isoOrNull(row?.oldest ?? null) };
}
