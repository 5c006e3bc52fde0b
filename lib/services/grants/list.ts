import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import {
  notFound,
  type Grant,
  type grantListQuerySchema,
  type grantPageSchema,
} from '@/lib/contracts';
import { sql, type SqlValue } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { GRANT_COLUMNS, GRANT_TABLES, serializeGrant, type GrantRow } from './grant-rows';

type Query = z.infer<typeof grantListQuerySchema>;

/** Which rows a state means; `$2` is the time. */
const STATE: Readonly<Record<Query['state'], string>> = {
  live: 'g.ended_at IS NULL AND g.until > $2 AND g.uses < g.most_uses AND g.policy_version = e.policy_version',
  all: 'true',
};

/** Approvals for a scope, the newest first; those that hold unless told. */
export async function listGrants(
  { actor, now }: ServiceContext,
  query: Query,
): Promise<z.infer<typeof grantPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [at, id] = decodeCursor(query.cursor, ['instant', 'id']);
  const values: SqlValue[] = [
    actor.workspaceId,
    now,
    filterId(query.agent, 'agent'),
    at ?? null,
    id ?? null,
    query.limit + 1,
  ];
  const rows = await sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM ${GRANT_TABLES}
     WHERE g.workspace_id = $1 AND $2::timestamptz IS NOT NULL AND ${STATE[query.state]}
       AND ($3::uuid IS NULL OR g.agent_id = $3) AND ($4::timestamptz IS NULL OR (g.granted_at, g.id) < ($4, $5::uuid))
     ORDER BY g.granted_at DESC, g.id DESC LIMIT $6`,
    values,
  );
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.grantedAt.toISOString(), row.id],
    (row) => serializeGrant(row, now),
  );
}

/** @throws DomainError `not_found` */
export async function readGrant({ actor, now }: ServiceContext, id: string): Promise<Grant> {
  const [row] = await sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM ${GRANT_TABLES} WHERE g.workspace_id = $1 AND g.id = $2`,
    [actor.workspaceId, id],
  );
  if (row === undefined) throw notFound('grant');
  return serializeGrant(row, now);
}
