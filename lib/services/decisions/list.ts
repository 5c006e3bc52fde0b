import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { decisionListQuerySchema, decisionPageSchema } from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { selectBoundedDecisions } from './bounded';
import { LISTED } from './listed';
import { serializeDecision } from './serialize';

/**
 * Decisions, newest first: their ids begin with their time. A page ends before its limit where its calls are too large together; the
 * cursor goes on from there.
 */
export async function listDecisions(
  { actor, now }: ServiceContext,
  query: z.infer<typeof decisionListQuerySchema>,
): Promise<z.infer<typeof decisionPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [before] = decodeCursor(query.cursor, ['id']);
  const { rows, isCut } = await selectBoundedDecisions({
    where: `d.workspace_id = $1 AND ${LISTED('d')} AND ($2::uuid IS NULL OR d.agent_id = $2) AND ($3::text IS NULL OR d.session_id = $3)
       AND ($4::text IS NULL OR d.tool = $4) AND ($5::text IS NULL OR d.outcome = $5) AND ($6::uuid IS NULL OR d.id < $6)`,
    values: [
      actor.workspaceId,
      filterId(query.agent, 'agent'),
      query.session ?? null,
      query.tool ?? null,
      query.outcome ?? null,
      before ?? null,
    ],
    limit: query.limit + 1,
  });
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.id],
    (row) => serializeDecision(row, now),
    isCut,
  );
}
