/** The scoring engine: a pure function of evidence, versioned configuration and time. See docs/trust/model.md. */
export { assess } from './assess';
export { badgesOf } from './badges';
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
