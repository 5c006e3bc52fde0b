/** What a demo agent is: data, and a small script that says what it does next. */
import type { Json, Pact, RejectReason } from '@/lib/contracts';
import type { Random } from '../random';
import type { PersonKey } from '../people';

/** What a careful reviewer says about a step that reaches one. */
export type Review =
  | { readonly verdict: 'approve'; readonly comment?: string }
  | { readonly verdict: 'reject'; readonly reason: RejectReason; readonly comment: string };

/** One intended call. */
export interface Step {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, Json>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, Json>>;
  };
  /** What the tool returns when it runs; for tools with untrusted output, text written by others. */
  readonly output?: string;
  /** Set when the tool fails: its error. */
  readonly fails?: string;
  readonly review: Review;
  /** What an independent system (CI, reconciliation, a survey) says afterwards. */
  readonly check?: 'passed' | 'failed';
}

/** One session of an agent. */
export interface Task {
  readonly request: string;
  readonly purpose: string;
  readonly endUser?: string;
  readonly steps: readonly Step[];
  /** All steps are asked for at once, without waiting for the one before. */
  readonly burst?: boolean;
}

/** Evidence of another system about an agent, as sent to `POST /api/v1/signals`. */
export interface Evidence {
  readonly kind: string;
  readonly source: string;
  readonly count?: number;
  readonly detail?: Readonly<Record<string, Json>>;
}

export interface Special {
  /** Days since the history began. */
  readonly day: number;
  /** UTC. */
  readonly hour: number;
  readonly tasks: (random: Random) => readonly Task[];
}

export interface FleetAgent {
  /** Stable: seeds and keys are made from it. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly owner: PersonKey;
  readonly purpose: string;
  readonly tags: readonly string[];
  readonly pact: Pact;
  /** Day of registration, in days since the history began. */
  readonly joins: number;
  readonly rhythm: {
    /** Sessions on a working day. */
    readonly perDay: number;
    /** Share of that on a Saturday or Sunday. */
    readonly weekend: number;
    /** Hours in UTC, from inclusive to exclusive. */
    readonly from: number;
    readonly to: number;
  };
  /** Whether it does nothing on this day. */
  readonly rests?: (day: number) => boolean;
  readonly task: (random: Random, day: number) => Task;
  /** A task that a person should see early, live. */
  readonly showpiece?: (random: Random) => Task;
  readonly specials?: readonly Special[];
  /** Evidence of other systems on a working day. */
  readonly evidence?: (day: number) => readonly Evidence[];
}

export const approve: Review = { verdict: 'approve' };
export const reject = (reason: RejectReason, comment: string): Review => ({
  verdict: 'reject',
  reason,
  comment,
});
