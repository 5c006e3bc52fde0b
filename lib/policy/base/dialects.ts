import type { AccessQuestion } from '../access/question';
import { AUTHZEN } from './authzen';
import type { BaseDecision, BasePolicyInput } from './base-policy';
import { OPA } from './opa';

/** How one kind of decision point is asked. Pure: the request goes out elsewhere. */
export interface Dialect {
  readonly address: (place: { readonly url: string; readonly path: string }) => string;
  readonly body: (input: BasePolicyInput) => unknown;
  /** The question about somebody who is no agent. */
  readonly accessBody: (question: AccessQuestion) => unknown;
  /** The decision in an answer's JSON; undefined when there is none to be found. */
  readonly read: (answer: unknown) => BaseDecision | undefined;
}

export const DIALECTS = { opa: OPA, authzen: AUTHZEN } as const satisfies Record<string, Dialect>;
export type DialectName = keyof typeof DIALECTS;
