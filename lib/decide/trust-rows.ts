/** The rows that hold trust: reading an agent's state under its lock, and writing what an assessment gave. */
import type { Sql } from '@/lib/db';
import { bulkInsert, bulkUpdate } from './insert-rows';
import type {
  Contribution,
  Layer,
  LayerReading,
  Rung,
  Signal,
  TrustReading,
  TrustState,
} from '@/lib/trust';

/** Facts about a signal that the engine does not need and people do. */
export interface EvidenceDetail {
  readonly decisionId?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}
export type Evidence = Signal & EvidenceDetail;

/** A layer as stored and sent: an ISO time instead of milliseconds. */
export type LayerRecord = {
  score: number;
  coverage: number;
  freshAt: string | null;
  alarm: boolean;
};
export type LayersRecord = Record<Layer, LayerRecord>;

export function layersRecord(layers: Readonly<Record<Layer, LayerReading>>): LayersRecord {
  const record = (layer: LayerReading): LayerRecord => ({
    score: layer.score,
    coverage: layer.coverage,
    freshAt: layer.freshAt === null ? null : new Date(layer.freshAt).toISOString(),
    alarm: layer.alarm,
  });
  return {
    identity: record(layers.identity),
    behavior: record(layers.behavior),
    context: record(layers.context),
    outcome: record(layers.outcome),
  };
}

export interface SignalRow {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly evidence: Evidence;
  readonly layer: Layer;
  readonly contribution: Contribution | undefined;
}

export const insertSignals = bulkInsert<SignalRow>('signals', [
  ['workspace_id', 'uuid', (row) => row.workspaceId],
  ['agent_id', 'uuid', (row) => row.agentId],
  ['id', 'uuid', (row) => row.evidence.id],
  ['at', 'timestamptz', (row) => new Date(row.evidence.at).toISOString()],
  ['kind', 'text', (row) => row.evidence.kind],
  ['layer', 'text', (row) => row.layer],
  ['source', 'text', (row) => row.evidence.source],
  ['source_class', 'text', (row) => row.evidence.sourceClass],
  ['magnitude', 'float8', (row) => row.evidence.magnitude ?? 1],
  ['layer_delta', 'float8', (row) => row.contribution?.layerDelta ?? 0],
  ['score_delta', 'float8', (row) => row.contribution?.scoreDelta ?? 0],
  ['decision_id', 'uuid', (row) => row.evidence.decisionId ?? null],
  [
    'detail',
    'jsonb',
    (row) => (row.evidence.detail === undefined ? null : JSON.stringify(row.evidence.detail)),
  ],
]);

export interface TrustRow {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly state: TrustState;
  readonly reading: TrustReading;
  readonly rung: Rung;
  readonly activity: unknown;
}

const TRUST_COLUMNS = [
  ['workspace_id', 'uuid', (row: TrustRow) => row.workspaceId],
  ['agent_id', 'uuid', (row: TrustRow) => row.agentId],
  ['state', 'jsonb', (row: TrustRow) => JSON.stringify(row.state)],
  ['score', 'float8', (row: TrustRow) => row.reading.score],
  ['rung', 'int2', (row: TrustRow) => row.rung],
  ['layers', 'jsonb', (row: TrustRow) => JSON.stringify(layersRecord(row.reading.layers))],
  ['activity', 'jsonb', (row: TrustRow) => JSON.stringify(row.activity)],
  ['updated_at', 'timestamptz', (row: TrustRow) => new Date(row.reading.at).toISOString()],
] as const;

/** The state an agent begins with. */
export const insertTrustStates = bulkInsert<TrustRow>('trust_states', TRUST_COLUMNS);

/** What an assessment left of states that the caller has locked. */
export const updateTrustStates = bulkUpdate<TrustRow>('trust_states', TRUST_COLUMNS, [
  'workspace_id',
  'agent_id',
]);

export interface ScorePointRow {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly at: number;
  readonly reading: TrustReading;
  readonly rung: Rung;
  readonly ladderVersion: number;
}

/** One point an agent and millisecond: of several in one, the last stands. */
export const insertScorePoints = bulkInsert<ScorePointRow>(
  'score_points',
  [
    ['workspace_id', 'uuid', (row) => row.workspaceId],
    ['agent_id', 'uuid', (row) => row.agentId],
    ['at', 'timestamptz', (row) => new Date(row.at).toISOString()],
    ['score', 'float8', (row) => row.reading.score],
    ['rung', 'int2', (row) => row.rung],
    ['layers', 'jsonb', (row) => JSON.stringify(pointLayers(row.reading))],
    ['config_version', 'text', (row) => row.reading.configVersion],
    ['ladder_version', 'int4', (row) => row.ladderVersion],
  ],
  `ON CONFLICT (workspace_id, agent_id, at) DO UPDATE SET score = excluded.score, rung = excluded.rung,
     layers = excluded.layers, config_version = excluded.config_version, ladder_version = excluded.ladder_version`,
);

/** Layer scores of a point; null while a layer is unknown, so that a gap stays a gap. */
function pointLayers(reading: TrustReading): Record<Layer, number | null> {
  const value = (layer: LayerReading) => (layer.coverage > 0 ? layer.score : null);
  const { identity, behavior, context, outcome } = reading.layers;
  return {
    identity: value(identity),
    behavior: value(behavior),
    context: value(context),
    outcome: value(outcome),
  };
}

export interface StoredTrust {
  readonly agentId: string;
  readonly state: TrustState;
  readonly activity: unknown;
  readonly openIncident: boolean;
}

/** The trust states of some agents of a workspace, locked until the transaction ends, in the one order everybody locks in. */
export const lockTrustStates = (sql: Sql, workspaceId: string, agentIds: readonly string[]) =>
  selectTrustStates(sql, workspaceId, agentIds, 'FOR UPDATE OF t');

/** The same without a lock, for whoever changes nothing. */
export const readTrustStates = (sql: Sql, workspaceId: string, agentIds: readonly string[]) =>
  selectTrustStates(sql, workspaceId, agentIds, '');

async function selectTrustStates(
  sql: Sql,
  workspaceId: string,
  agentIds: readonly string[],
  lock: string,
): Promise<StoredTrust[]> {
  const rows = await sql<{
    agent_id: string;
    state: TrustState;
    activity: unknown;
    open_incident: boolean;
  }>(
    `SELECT t.agent_id, t.state, t.activity,
       EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = t.workspace_id AND i.agent_id = t.agent_id AND i.state <> 'closed')
         AS open_incident
     FROM trust_states t WHERE t.workspace_id = $1 AND t.agent_id = ANY($2::uuid[]) ORDER BY t.agent_id ${lock}`,
    [workspaceId, [...agentIds]],
  );
  return rows.map((row) => ({
    agentId: row.agent_id,
    state: row.state,
    activity: row.activity,
    openIncident: row.open_incident,
  }));
}
