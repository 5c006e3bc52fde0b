import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { policyListSchema } from '@/lib/contracts';
import { prisma } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { decodeCursor, pageFrom } from '@/lib/services/paging';

/** All versions of the trust policy, newest first; the first is in force. */
export async function listPolicies(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof policyListSchema>> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const [before] = decodeCursor(query.cursor, ['integer']);
  const [rows, epoch] = await Promise.all([
    prisma().policy.findMany({
      where: { workspaceId, ...(before === undefined ? {} : { version: { lt: Number(before) } }) },
      orderBy: { version: 'desc' },
      take: query.limit + 1,
    }),
    prisma().workspaceEpoch.findUnique({ where: { workspaceId } }),
  ]);
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.version],
    (row) => ({
      version: row.version,
      text: row.text,
      reason: row.reason,
      createdBy: row.createdByName,
      createdAt: iso(row.createdAt),
      current: row.version === epoch?.policyVersion,
    }),
  );
}
