import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { policyListSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { readVersions, serializePolicy, versionInForce } from './policy-rows';

/** All versions of the trust policy, newest first, proposals among them. */
export async function listPolicies(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof policyListSchema>> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const [before] = decodeCursor(query.cursor, ['integer']);
  const page = {
    before: before === undefined ? undefined : Number(before),
    limit: query.limit + 1,
  };
  const [rows, inForce] = await Promise.all([
    readVersions(sql, workspaceId, page),
    versionInForce(sql, workspaceId),
  ]);
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.version],
    (row) => serializePolicy(row, inForce, actor),
  );
}
