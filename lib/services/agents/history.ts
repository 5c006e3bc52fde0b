import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { DomainError, notFound, type History, type historyQuerySchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import type { TrustState } from '@/lib/trust';
import { readMarks } from './history-marks';
import { readPoints } from './history-points';

type Row = { created_at: Date; state: TrustState; rung: number };

/**
 * How an agent's trust went: since its registration and until now unless told otherwise.
 *
 * @throws DomainError `not_found`, `malformed_query` for a span that ends before it begins
 */
export async function getAgentHistory(
  { actor, now }: ServiceContext,
  id: string,
  query: z.infer<typeof historyQuerySchema>,
): Promise<History> {
  requirePermission(actor, 'workspace.read');
  const agentId = requireId(id, 'agent');
  const [row] = await sql<Row>(
    `SELECT a.created_at, t.state, t.rung FROM agents a
     JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id WHERE a.workspace_id = $1 AND a.id = $2`,
    [actor.workspaceId, agentId],
  );
  if (row === undefined) throw notFound('agent');
  const from = query.from === undefined ? row.created_at : new Date(query.from);
  const to = query.to === undefined ? now : new Date(query.to);
  if (from > to)
    throw new DomainError('malformed', 'malformed_query', '"from" must not be after "to".');
  const span = { workspaceId: actor.workspaceId, agentId, from, to };
  const [points, marks] = await Promise.all([
    readPoints(span, query.points, { state: row.state, rung: row.rung, now }),
    readMarks(span),
  ]);
  return { from: iso(from), to: iso(to), points, marks };
}
