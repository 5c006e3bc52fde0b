/** The customer's own decision point, behind one port: how it is asked, how its answers are read, when it is left alone. */
export type { BaseDecision, BasePolicy, BasePolicyInput } from './base-policy';
export { admit, CLOSED, settle, type Breaker } from './breaker';
export { DIALECTS, type DialectName } from './dialects';
export { failedBase } from './failures';
