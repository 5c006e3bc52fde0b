import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { notFound, type momentListQuerySchema, type momentPageSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { filterId, requireId } from '@/lib/services/ids';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { selectMoments } from './moment-rows';
import { serializeMoments } from './serialize';

/**
 * The moments in which text from outside moved the score of an agent, newest first.
 *
 * @throws DomainError `not_found` for the agent, or for an incident that is none of it; `malformed_query`
 */
export async function listMoments(
  { actor }: ServiceContext,
  id: string,
  query: z.infer<typeof momentListQuerySchema>,
): Promise<z.infer<typeof momentPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const agentId = requireId(id, 'agent');
  const incidentId = filterId(query.incident, 'incident');
  await requireAgent(workspaceId, agentId);
  const [at, newest] = decodeCursor(query.cursor, ['instant', 'id']);
  const rows = await selectMoments(workspaceId, agentId, {
    ...(incidentId === null ? {} : { at: await timesOf(workspaceId, agentId, incidentId) }),
    after: at === undefined || newest === undefined ? undefined : [String(at), String(newest)],
    limit: query.limit + 1,
  });
  const { items, nextCursor } = pageFrom(
    rows,
    query.limit,
    (row) => [row.at.toISOString(), row.newest],
    (row) => row,
  );
  return { items: await serializeMoments(workspaceId, agentId, items), nextCursor };
}

/** @throws DomainError `not_found` */
async function requireAgent(workspaceId: string, agentId: string): Promise<void> {
  const [row] = await sql('SELECT 1 FROM agents WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    agentId,
  ]);
  if (row === undefined) throw notFound('agent');
}

/** When what stands in an incident as evidence was. */
async function timesOf(
  workspaceId: string,
  agentId: string,
  incidentId: string,
): Promise<string[]> {
  const [row] = await sql<{ times: (string | null)[] | null }>(
    `SELECT (SELECT json_agg(e ->> 'at') FROM jsonb_array_elements(i.evidence) e) AS times
     FROM incidents i WHERE i.workspace_id = $1 AND i.agent_id = $2 AND i.id = $3`,
    [workspaceId, agentId, incidentId],
  );
  if (row === undefined) throw notFound('incident');
  return (row.times ?? []).flatMap((time) =>
    time !== null && !Number.isNaN(Date.parse(time)) ? [time] : [],
  );
}
