import { requirePermission } from '@/lib/auth';
import { notFound, type MomentDetail } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { readSources } from '@/lib/services/reads/source-reads';
import { outsideArguments, spansOfArguments, spansOfSignal } from '@/lib/services/reads/spans';
import { selectMoments, timeOfSignal, type MomentRow } from './moment-rows';
import { serializeMoments } from './serialize';

/**
 * One moment with the words that gave it away: any of its signals names it.
 *
 * @throws DomainError `not_found`
 */
export async function getMoment(
  { actor }: ServiceContext,
  id: string,
  signal: string,
): Promise<MomentDetail> {
  requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const agentId = requireId(id, 'agent');
  const row = await findMoment(workspaceId, agentId, requireId(signal, 'moment'));
  const [moment] = await serializeMoments(workspaceId, agentId, [row]);
  if (moment === undefined) throw notFound('moment');
  const call = await selectProvenance(workspaceId, row.decisionId);
  const found = outsideArguments(call?.provenance);
  const spans = [
    ...spansOfArguments(found),
    ...row.signals.flatMap(({ detail }) => spansOfSignal(detail)),
  ];
  return {
    ...moment,
    request: call?.request ?? null,
    values: found.map(({ path, value, whole, span }) => ({
      path,
      value,
      whole: whole === true,
      readId: span?.readId ?? null,
    })),
    reads: await readSources(workspaceId, moment.call?.sessionId ?? null, spans),
  };
}

async function findMoment(
  workspaceId: string,
  agentId: string,
  signal: string,
): Promise<MomentRow> {
  const at = await timeOfSignal(workspaceId, agentId, signal);
  if (at === undefined) throw notFound('moment');
  const rows = await selectMoments(workspaceId, agentId, { at: [iso(at)], limit: 100 });
  const row = rows.find(({ signals }) => signals.some((item) => item.id === signal));
  if (row === undefined) throw notFound('moment');
  return row;
}

async function selectProvenance(workspaceId: string, decisionId: string | null) {
  const [row] = await sql<{ provenance: unknown; request: string | null }>(
    `SELECT d.provenance, s.request FROM decisions d
     LEFT JOIN sessions s ON s.workspace_id = d.workspace_id AND s.id = d.session_id
     WHERE d.workspace_id = $1 AND d.id = $2`,
    [workspaceId, decisionId],
  );
  return row;
}
