/** A check by another system, to be sent with the next collection. */
export interface Checked {
  readonly agentKey: string;
  readonly decisionId: string;
  readonly passed: boolean;
}
