/** What became of a guarded call. A refusal is one of these values, never an exception. */
import type { ApprovalRef, Edit, Outcome, PersonsVerdict, Reason, Trust } from '../wire.js';

/** The decision a call stands on. */
export interface DecisionRef {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly trust: Trust;
  readonly approval?: ApprovalRef | undefined;
}

/** It ran, and gave `value`. */
export interface Ran<Value> {
  readonly state: 'ran';
  readonly value: Value;
  readonly decision: DecisionRef;
  /** A reviewer changed the arguments: it ran with these. */
  readonly edited?: Edit | undefined;
  /** It ran on an earlier answer to the same read; Belay hears of it shortly after. */
  readonly cached: boolean;
  /** Belay has the outcome; when it does not, it is sent again until `flush` or `close` gives it up. */
  readonly reported: boolean;
}

/** The states in which nothing ran. */
export const NOT_RUN = {
  denied: 'Belay denied it.',
  suggested: 'The agent may only suggest it; a person carries it out, if anybody does.',
  rejected: 'A person rejected it.',
  expired: 'Nobody decided in time.',
  cancelled: 'It was withdrawn while it waited for a person.',
  refused: 'What it was allowed for no longer held when it was about to run.',
} as const;

/** It did not run. */
export interface NotRun {
  readonly state: keyof typeof NOT_RUN;
  readonly decision: DecisionRef;
  /** Why, the most important reason first. */
  readonly reasons: readonly Reason[];
  readonly verdict?: PersonsVerdict | undefined;
}

/** It waits for a person for longer than the caller wanted to; nothing ran so far. */
export interface Waiting<Value> {
  readonly state: 'waiting';
  readonly decision: DecisionRef;
  readonly approval: ApprovalRef;
  /** Goes on waiting, and runs it when a person approves. */
  readonly resume: (options?: ResumeOptions) => Promise<Guarded<Value>>;
}

export interface ResumeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Seconds; until the approval ends when absent. */
  readonly waitSeconds?: number | undefined;
}

export type Guarded<Value> = Ran<Value> | NotRun | Waiting<Value>;

/**
 * What became of a call, in words: for the model that asked for it, or for a log. The text of a reviewer's comment is part of it.
 *
 * @returns for a call that ran, what a reviewer changed in it, or an empty text
 */
export function explain(result: Guarded<unknown>): string {
  if (result.state === 'ran') return result.edited === undefined ? '' : editSentence(result.edited);
  if (result.state === 'waiting')
    return `It waits for a person, and has not run. ${result.approval.url}`;
  const { reasons, verdict } = result;
  const sentences = [
    `It did not run. ${NOT_RUN[result.state]}`,
    ...reasons.map(({ text, remedy }) => [text, remedy].filter(Boolean).join(' ')),
    ...(verdict?.reason === undefined ? [] : [`The reviewer's reason: ${verdict.reason}.`]),
    ...(verdict?.comment === undefined ? [] : [`The reviewer says: ${verdict.comment}`]),
  ];
  return sentences.join(' ');
}

function editSentence({ changes }: Edit): string {
  const said = changes.map(
    ({ path, before, after }) =>
      `${path} from ${JSON.stringify(before) ?? 'nothing'} to ${JSON.stringify(after) ?? 'nothing'}`,
  );
  return `A reviewer changed the arguments before it ran: ${said.join('; ')}.`;
}

/** The value of a call that ran. @throws NotPermitted with the result, where it did not */
export function valueOf<Value>(result: Guarded<Value>): Value {
  if (result.state === 'ran') return result.value;
  throw new NotPermitted(result);
}

/** For those who prefer an exception to a value that says no. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';

  constructor(readonly result: NotRun | Waiting<unknown>) {
    super(explain(result));
  }
}
