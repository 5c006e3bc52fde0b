/** The words of the scoring engine. Times are milliseconds since the epoch, durations are seconds, scores lie in [0, 1]. */

/** Who is it, what is it doing, is it inside its scope, did it work. The order is part of every stored state. */
export const LAYERS = ['identity', 'behavior', 'context', 'outcome'] as const;
export type Layer = (typeof LAYERS)[number];

/**
 * Who vouches for a signal: Belay's own decision path, a human reviewer, another system (CI, telemetry, identity
 * provider), or the agent about itself. The agent's own word lifts nothing, but it may count against it.
 */
export const SOURCE_CLASSES = ['belay', 'reviewer', 'system', 'self'] as const;
export type SourceClass = (typeof SOURCE_CLASSES)[number];

/** How long evidence is remembered. Signals share three half-lives, so that a state has a fixed size. */
export const HALF_LIVES = ['short', 'medium', 'long'] as const;
type HalfLife = (typeof HALF_LIVES)[number];

/** One piece of evidence about one agent in one layer, from one source, at one time. */
export interface Signal {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Catalogue key `<layer>.<kind>`, for example `outcome.approved`. */
  kind: string;
  /** Whose evidence this is, for the cap per source: `reviewer:<id>`, `ci:<name>`, `belay`. */
  source: string;
  sourceClass: SourceClass;
  /** How strong or how certain, in (0, 1]; 1 when left out. */
  magnitude?: number;
}

export type Severity = 1 | 2 | 3;

interface SignalKindBase {
  layer: Layer;
  /** Units of evidence at magnitude 1; one ordinary approved action is 1. */
  weight: number;
  halfLife: HalfLife;
  /** What happened, as the beginning of a sentence: "A reviewer approved the action". */
  label: string;
}

export interface PositiveKind extends SignalKindBase {
  sign: 'positive';
}

export interface NegativeKind extends SignalKindBase {
  sign: 'negative';
  /** Acts at once: no more positive evidence is left in the layer than holds it at this ceiling, in (0, 1). */
  shock?: { ceiling: number };
  /** Ambiguous: this share of the weight, in (0, 1], is not felt at once but seeps in over hours. */
  drain?: { share: number };
  /** Mass added to the layer's alarm; the layer is in alarm from 1 upwards. */
  alarm: number;
  /** Anybody can cause it without proving who they are, so a flood of it is capped per source. */
  capped?: true;
  opensIncident?: Severity;
  /** Magnitude that has to be exceeded before the kind opens its incident or leads to a response, in [0, 1). */
  actsAbove?: number;
}

export type SignalKind = PositiveKind | NegativeKind;

/** Everything a score depends on besides evidence and time. Plain JSON, versioned, stored with what it decided. */
export interface TrustConfig {
  version: string;
  kinds: Record<string, SignalKind>;
  halfLifeSeconds: Record<HalfLife, number>;
  /** Half-life with which a drain seeps in. */
  drainHalfLifeSeconds: number;
  alarm: { halfLifeSeconds: number; threshold: number };
  layers: Record<
    Layer,
    { /** Evidence it takes to outweigh not knowing. */ prior: number; weight: number }
  >;
  /** What is expected of an agent nobody has seen, in [0, 1). */
  baseRate: number;
  /** Standard deviations between the expected value and the lower credible bound. */
  caution: number;
  /** The soft minimum is the power mean with exponent `-softness`. */
  softness: 1 | 2 | 4 | 8;
  sourceCap: { windowSeconds: number; positive: number; negative: number };
  /** How much of a positive counts, by who says it. */
  credit: Record<SourceClass, number>;
}

/** What one source has given a layer in its current window. */
export interface SourceUse {
  source: string;
  window: number;
  used: number;
}

/** Evidence of one layer, exact at `at`; `masses` is laid out in evidence.ts. */
export interface LayerState {
  at: number;
  masses: number[];
  freshAt: number | null;
  sources: SourceUse[];
}

export type Rung = 1 | 2 | 3 | 4 | 5;

export interface LadderState {
  rung: Rung;
  /** Since when the score has stood above the bar of the next rung. */
  climb: { rung: Rung; bar: number; since: number } | null;
  /** When an ordinary drop last cost a rung. */
  droppedAt: number | null;
  /** A shock was folded that no rung step has answered yet. */
  shocked: boolean;
  /** The score as last assessed, so that decay since then can be named. */
  last: { at: number; score: number } | null;
}

/** All that is remembered of an agent: plain JSON of bounded size that survives serialisation bit for bit. */
export interface TrustState {
  schema: 1;
  layers: Record<Layer, LayerState>;
  ladder: LadderState;
}

/** Negative evidence that outlives a registration: it follows the key, the owner and the pact's lineage. */
export interface Debt {
  schema: 1;
  layers: Record<Layer, { at: number; masses: number[] }>;
}

export interface LayerReading {
  /** Lower credible bound of good conduct, in [0, 1]. */
  score: number;
  /** 0 (unknown) to 1: how much of the score rests on evidence. */
  coverage: number;
  /** Time of the newest evidence that counted, or null when there is none. */
  freshAt: number | null;
  alarm: boolean;
  /** Evidence in force now, positive and negative, in units of one approved action. */
  evidence: number;
}

export interface TrustReading {
  at: number;
  score: number;
  layers: Record<Layer, LayerReading>;
  configVersion: string;
}

/** Five rungs and the rules for gaining and losing them. Plain JSON, versioned by whoever stores it. */
export interface Ladder {
  rungs: { rung: Rung; name: string; min: number }[];
  /** A rung is gained only this far above its threshold. */
  hysteresis: number;
  /** ... after standing there for this long. */
  dwellSeconds: number;
  /** ... with at least this much evidence in force in every layer. */
  minimumEvidence: number;
  /** ... with no layer below this score. */
  layerFloor: number;
  /** Fewer safety checks than this in 24 hours suspend nobody; absent in ladders of before, and means 1. */
  minimumSafetyChecks?: number | undefined;
}

export interface RungChange {
  from: Rung;
  to: Rung;
  cause: 'climb' | 'drain' | 'shock';
  reasons: string[];
}

export interface RungStep {
  state: TrustState;
  rung: Rung;
  change: RungChange | null;
}

/** What one signal did to the score, evaluated at the time of the assessment. */
export interface Contribution {
  signalId: string;
  kind: string;
  layer: Layer;
  layerDelta: number;
  scoreDelta: number;
  /** A whole sentence for people. */
  text: string;
}

export interface AssessOptions {
  config: TrustConfig;
  ladder: Ladder;
  now: number;
  openIncident: boolean;
}

/** `before.score + sum of scoreDelta = reading.score`; `last score + decayDelta = before.score`. */
export interface Assessment {
  state: TrustState;
  before: TrustReading;
  reading: TrustReading;
  rung: Rung;
  rungChange: RungChange | null;
  contributions: Contribution[];
  /** What the time since the last assessment did to the score: forgetting, and drains seeping in. */
  decayDelta: number;
  /** Severest incident a folded signal asks for; null when none does. */
  opensIncident: Severity | null;
}

export interface NextRung {
  rung: Rung;
  name: string;
  min: number;
  /** Sentences, one for each thing still missing; empty when the rung is gained at the next assessment. */
  missing: string[];
}

/** The reviewer's typed reasons for a rejection, as on the wire. */
export const REJECTION_REASONS = [
  'wrong_target',
  'wrong_arguments',
  'not_needed',
  'out_of_scope',
  'unsafe',
  'policy',
  'injection',
  'other',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
