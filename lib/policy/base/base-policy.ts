import type { AccessQuestion } from '../access/question';
import type { PolicyTool } from '../input';
import type { Outcome } from '../outcome';
import type { Reason } from '../reason';

/**
 * What the customer's own decision point is told about a call. It is asked before Belay looks at evidence, so there is no
 * score in it: what an agent has earned is Belay's part of the decision.
 */
export interface BasePolicyInput {
  readonly agent: {
    readonly id: string;
    readonly name: string;
    readonly owner: string;
    readonly version: string;
    readonly tags: readonly string[];
  };
  readonly tool: PolicyTool & { readonly tags: readonly string[] };
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly session?: string | undefined;
  readonly endUser?: string | undefined;
  readonly purpose?: string | undefined;
}

/** `reasons` is empty only for `allow`. */
export interface BaseDecision {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

/**
 * The customer's own decision point. Belay can only narrow what it answers. An implementation that cannot answer
 * (timeout, error, an answer it does not understand) resolves to `deny` with a reason of source `error`; it never rejects.
 */
export interface BasePolicy {
  decide(input: BasePolicyInput): Promise<BaseDecision>;
  /** The same about somebody who is no agent: the question goes on as it was asked. */
  decideAccess(question: AccessQuestion): Promise<BaseDecision>;
}
