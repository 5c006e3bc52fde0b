import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { toolPageSchema } from '@/lib/contracts';
import { prisma } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { serializeTool } from './serialize';

/** The tool catalogue by name. */
export async function listTools(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof toolPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [after] = decodeCursor(query.cursor, ['text']);
  const rows = await prisma().tool.findMany({
    where: {
      workspaceId: actor.workspaceId,
      ...(after === undefined ? {} : { name: { gt: String(after) } }),
    },
    orderBy: { name: 'asc' },
    take: query.limit + 1,
  });
  return pageFrom(rows, query.limit, (row) => [row.name], serializeTool);
}
