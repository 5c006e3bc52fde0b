import type { Reason } from '../reason';

/** A subject or a resource, as OpenID AuthZEN names it. */
export interface AccessEntityRef {
  readonly type: string;
  readonly id: string;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** A question about somebody who is no agent, as it was asked (OpenID AuthZEN 1.0, section 5). */
export interface AccessQuestion {
  readonly subject: AccessEntityRef;
  readonly action: {
    readonly name: string;
    readonly properties?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly resource: AccessEntityRef;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

export interface AccessAnswer {
  readonly permitted: boolean;
  /** What a rule that forbids says of itself, and what failed; empty where the rules are merely silent. */
  readonly reasons: readonly Reason[];
}
