/** The rows that tell how trust moved: signals, and the points of the score. */
import { bulkInsert } from './insert-rows';
import type { Contribution, Layer, LayerReading, Rung, Signal, TrustReading } from '@/lib/trust';

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
  ['at', 'timestamptz', (row) => row.evidence.at],
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
    ['at', 'timestamptz', (row) => row.at],
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
