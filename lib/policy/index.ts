/**
 * Policies: may this agent do this, at this trust, and why.
 *
 * A policy set is Cedar text. `compilePolicies` validates it against the schema, `decidePolicy` asks it up to three
 * times (execute, execute when approved, propose) and answers with an outcome and reasons in plain sentences.
 * `narrower` joins the answers of several deciders. Pure apart from Cedar's wasm: no clock, no database, no network.
 */
export { OUTCOMES, narrower } from './outcome';
export type { Outcome } from './outcome';
export type { Reason, ReasonSource, ReasonSourceType } from './reason';
export type {
  DataClass,
  LayerName,
  PolicyInput,
  PolicyProvenance,
  PolicyTool,
  PolicyTrust,
  RiskTier,
  ToolFacts,
} from './input';
export { PolicyInvalid } from './errors';
export type { PolicyProblem } from './errors';
export { compilePolicies } from './compile';
export type { CompiledPolicies, CompiledRule, PolicySource } from './compile';
export { decidePolicy } from './decide';
export type { PolicyDecision } from './decision';
export type { RuleError } from './ask';
export { POLICY_SCHEMA_TEXT, policySchemaFor } from './schema';
export { catalogueFindings, type Catalogue } from './catalogue-findings';
export { DEFAULT_POLICY_TEXT } from './default-policy';
