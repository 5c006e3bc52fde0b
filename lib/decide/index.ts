/**
 * The decision pipeline and the batch committer. An action is decided inside the transaction that records it: switches, versions
 * and trust are read there, and only a committed decision is answered.
 *
 * Everybody locks in one order: workspace epochs, approvals and decisions, trust states by agent id, ledger head.
 */
export { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';
export {
  applySignals,
  applySignalsToMany,
  currentLadder,
  foreseeSignals,
  type AppliedSignals,
  type NewSignal,
} from './apply-signals';
export { committer } from './committer';
export { holdBasePolicy, sealedFor, type BasePolicySettings } from './base-policy/in-force';
export { askBasePolicy } from './base-policy/ask';
export { basePolicyInForce, basePolicyOf } from './base-policy/in-force';
export { findingOf } from './detector/record-finding';
export { detectorLane } from './detector/screening';
export { detectorInForce, detectorSealedFor, type DetectorSettings } from './detector/settings';
export type { OutsideHealth } from './outside/guarded-place';
export { judgeEditedAction, type EditedAction } from './edited-action';
export { shownText } from './shown-text';
export { suspend, writeConsequences } from './consequences';
export { decideBatch, type Decided } from './decide-batch';
export { behindCall, tooDeep, USUAL_DEPTH } from './delegation';
export { deferVerdict, foldDueVerdicts } from './due-verdicts';
export { currentGroupKey, GROUP_RULE } from './group-key';
export { readVerdictRules } from './verdict-rules';
export { storeVerdictEffect } from './verdict-effect';
export { seizeEpochs, shareEpochs } from './epoch-lock';
export { endGrants, expireGrants } from './grant-rows';
export { grantedTool } from './grants';
export { knownPeople, type KnownPerson } from './known-people';
export { samePerson, type Identity } from './same-person';
export { partOf, somebodyElseDecides, type Part, type Party } from './parties/parties';
export {
  selectParties,
  selectPartiesOf,
  selectPartiesOfAgent,
  type Asked,
} from './parties/select-parties';
export { peekApprovable, requireApprovable, requireRung, stoppedCalls } from './standing';
export { stateAt } from './state-at';
export { readDecisionStatus, untilSettled, type StatusRow } from './decision-status';
export { expireApprovals, workspacesWithExpired } from './expire-approvals';
export { decidedBefore } from './decided-before';
export type { AskedWith } from './decision-rows';
export type { BaseAnswer, Proposal, ToolFacts } from './facts';
export {
  claimKeys,
  keyInProgress,
  nameOfKey,
  rememberedFor,
  rememberKeys,
  type KeyedRequest,
  type Remembered,
} from './idempotency-keys';
export { isWithin, pactBreaches } from './pact-check';
export { dataClassOf, policyInputOf } from './policy-input';
export { passingFrom } from './passing-time';
export { issuePermit, redeemPermit, redeemPermitIn, whyNotRedeemable } from './permit-lifecycle';
export type { Redemption } from './permit-facts';
export { incidentOfRule } from './reactions';
export { reportOutcome } from './report-outcome';
export { foreseeActions } from './foresee-action';
export { seedAction } from './seeded-action';
export { submitAction } from './submit-action';
export { endReverification } from './restriction-rows';
export { recordRead } from './session-reads';
export { insertScorePoints, layersRecord } from './trust-rows';
export { insertTrustStates, lockTrustStates } from './trust-states';
export { readSwitches, readTools, toolFacts } from './workspace-facts';
export { stops, switchReason } from './kill-switches';
