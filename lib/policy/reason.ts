export type ReasonSourceType =
  | 'rule'
  | 'switch'
  | 'pact'
  | 'budget'
  | 'base_policy'
  | 'detector'
  | 'layer'
  | 'ladder'
  | 'grant'
  | 'link'
  | 'error';

/** What decided: a policy rule, a kill switch, the pact, a budget, the customer's own decision point or detector, a trust layer, the ladder, a reviewer's grant, an agent that passed the task on, or a failure. */
export interface ReasonSource {
  readonly type: ReasonSourceType;
  readonly id?: string;
}

/**
 * One reason of a decision.
 * `code` is stable and for programs (`ladder.rung_1_read_only`), `text` and `remedy` are plain sentences for people:
 * what decided, and what would have to change.
 */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly remedy?: string;
  readonly source?: ReasonSource;
}
