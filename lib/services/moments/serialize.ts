import type { Moment } from '@/lib/contracts';
import { iso } from '@/lib/services/instants';
import { SIGNAL_CATALOGUE } from '@/lib/trust';
import {
  incidentsOf,
  restrictionsOf,
  selectCalls,
  selectIncidents,
  selectRestrictions,
} from './consequences';
import type { MomentRow, MomentSignal } from './moment-rows';
import { standingsOf } from './standing';

/** Moments with all that belongs to them, in the order given. One query a kind of thing, however many moments. */
export async function serializeMoments(
  workspaceId: string,
  agentId: string,
  rows: readonly MomentRow[],
): Promise<Moment[]> {
  if (rows.length === 0) return [];
  const [standings, calls, incidents, restrictions] = await Promise.all([
    standingsOf(workspaceId, agentId, rows),
    selectCalls(workspaceId, rows),
    selectIncidents(workspaceId, agentId, rows),
    selectRestrictions(workspaceId, agentId, rows),
  ]);
  return rows.map((row, index) => ({
    id: row.signals[0].id,
    at: iso(row.at),
    signals: row.signals.map(serializeSignal),
    before: standings[index]?.before ?? null,
    after: standings[index]?.after ?? null,
    call: calls.get(row.decisionId ?? '') ?? null,
    incidents: incidentsOf(row, incidents),
    restrictions: restrictionsOf(row, restrictions),
  }));
}

function serializeSignal(signal: MomentSignal): Moment['signals'][number] {
  const { id, kind, layer, magnitude, layerDelta, scoreDelta } = signal;
  const known = SIGNAL_CATALOGUE[kind];
  return {
    id,
    kind,
    text: `${known?.label ?? kind}.`,
    layer,
    weight: (known?.weight ?? 0) * magnitude,
    layerDelta,
    scoreDelta,
  };
}
