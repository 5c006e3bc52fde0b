/** The scoring engine: a pure function of evidence, versioned configuration and time. See docs/trust/model.md. */
export { assess } from './assess';
export { badgesOf } from './badges';
export {
  DEFAULT_BASELINES,
  learnedShare,
  learnValue,
  upperLimit,
  type Baseline,
  type Baselines,
} from './baselines';
export { SIGNAL_CATALOGUE, isSignalKind, rejectionSignals } from './catalogue';
export { accuracyFloor, commitmentsOf } from './commitments';
export { defaultTrustConfig } from './config';
export { debtOf, mergeDebts } from './debt';
export { stepErrorRate, type RecentCalls } from './error-rate';
export { TrustError } from './errors';
export { emptyState } from './evidence';
export { brokenRules, measure, signalsOfRun, type BrokenRule, type RunScore } from './evaluations';
export { foldSignal, foldSignals } from './fold';
export { INCIDENT_RULES, type IncidentRuleKind } from './incident-rules';
export { defaultLadder, rungOfScore } from './ladder';
export { nextRung } from './next-rung';
export { readTrust } from './read';
export {
  incidentSeverity,
  responseTable,
  restrictionFor,
  RESTRICTIONS,
  throttledPace,
} from './responses';
export { NO_SCORE_DAYS, stepScoreDays, type ScoreDays } from './score-days';
export { ScoreReplay } from './score-replay';
export {
  NO_SEQUENCE,
  stepSequence,
  type CallClass,
  type Sequence,
  type UnlikelyStep,
} from './sequence';
export { stepRung } from './step-rung';
export * from './types';
export { validateConfig } from './validate-config';
export { validateLadder } from './validate-ladder';
export {
  countConduct,
  windowsOf,
  worseVersion,
  type VersionDelta,
  type VersionWindows,
} from './version-delta';
export { NO_WEEK_HOURS, stepWeekHours, type UnfamiliarHour, type WeekHours } from './week-hours';
