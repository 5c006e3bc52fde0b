import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { ladderBodySchema, type ladderListSchema } from '@/lib/contracts';
import { prisma, sql } from '@/lib/db';
import { PIN_IN_FORCE, RUNG_IN_FORCE } from '@/lib/services/agents/agent-rows';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { decodeCursor, pageFrom } from '@/lib/services/paging';

/** All versions of the ladder, newest first; the first is in force. With how many agents stand on each rung. */
export async function listLadders(
  { actor, now }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof ladderListSchema>> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const [before] = decodeCursor(query.cursor, ['integer']);
  const [rows, epoch, agentsByRung] = await Promise.all([
    prisma().ladder.findMany({
      where: { workspaceId, ...(before === undefined ? {} : { version: { lt: Number(before) } }) },
      orderBy: { version: 'desc' },
      take: query.limit + 1,
    }),
    prisma().workspaceEpoch.findUnique({ where: { workspaceId } }),
    countByRung(workspaceId, now),
  ]);
  const page = pageFrom(
    rows,
    query.limit,
    (row) => [row.version],
    (row) => ({
      version: row.version,
      ladder: ladderBodySchema.parse(row.body),
      reason: row.reason,
      createdBy: row.createdByName,
      createdAt: iso(row.createdAt),
      current: row.version === epoch?.ladderVersion,
    }),
  );
  return { ...page, agentsByRung };
}

/** How many agents in service stand on each rung, pinned or earned; rungs 1 to 5 are always there. */
export async function countByRung(workspaceId: string, now: Date): Promise<Record<string, number>> {
  const groups = await sql<{ rung: number; count: number }>(
    `SELECT ${RUNG_IN_FORCE} AS rung, count(*)::int AS count FROM agents a
     JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id ${PIN_IN_FORCE}
     WHERE a.workspace_id = $1 AND a.status <> 'revoked' GROUP BY 1`,
    [workspaceId, now],
  );
  const counts = new Map(groups.map(({ rung, count }) => [rung, count]));
  return Object.fromEntries([1, 2, 3, 4, 5].map((rung) => [String(rung), counts.get(rung) ?? 0]));
}
