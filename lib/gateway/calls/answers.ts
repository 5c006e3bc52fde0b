/** What a model reads instead of a result: what happened, why, and what it may do. Pure. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { ApiError } from '@/lib/client/api-error';
import type { DecisionStatus, Outcome, Reason } from '@/lib/contracts';
import type { WaitingCall } from './session';

type Verdict = NonNullable<DecisionStatus['verdict']>;
type Change = NonNullable<Verdict['edit']>['changes'][number];

/** The call did not run, or its result is not what was asked for. */
export function refusal(...sentences: readonly (string | undefined)[]): CallToolResult {
  const text = sentences.filter((sentence) => sentence !== undefined).join('\n');
  return { content: [{ type: 'text', text }], isError: true };
}

const DECIDED: Readonly<Record<Exclude<Outcome, 'allow'>, string>> = {
  deny: 'Belay denied this call. It has not run.',
  suggest:
    'This agent may suggest such a call and not make it. It has not run: tell the person what you would do.',
  require_approval: 'This call waits for a person. It has not run.',
};

export function decided(outcome: Exclude<Outcome, 'allow'>, reasons: readonly Reason[]) {
  return refusal(DECIDED[outcome], ...lines(reasons));
}

export function stoppedWhile(did: 'running' | 'waiting', reason: Reason): CallToolResult {
  const what =
    did === 'running'
      ? 'This call was stopped while it ran. Whether it had an effect is not known.'
      : 'This call was stopped while it waited. It has not run.';
  return refusal(what, ...lines([reason]));
}

export function rejected(status: DecisionStatus): CallToolResult {
  const { reason, comment } = status.verdict ?? {};
  return refusal(
    'A person rejected this call. It has not run. Do not make it again as it is.',
    reason === undefined ? undefined : `Reason: ${reason.replaceAll('_', ' ')}.`,
    comment === undefined ? undefined : `Comment: ${comment}`,
  );
}

export const ENDED: Readonly<Partial<Record<DecisionStatus['state'], string>>> = {
  expired: 'Nobody decided about this call in time. It has not run. Calling again asks anew.',
  cancelled: 'The request for an approval of this call was cancelled. It has not run.',
  redeemed: 'This call ran already, for another request that waited for the same approval.',
};

export function stillWaiting(
  { approval }: WaitingCall,
  question: string | undefined,
): CallToolResult {
  return refusal(
    `This call waits for a person's approval and has not run: ${approval.url}`,
    `Call the tool again with exactly the same arguments to go on waiting; that asks nobody a second time. Open until ${approval.expiresAt}.`,
    question === undefined ? undefined : `The reviewer asks: ${question}`,
  );
}

export const DECLINED =
  'The request for an approval was not taken up, so it is withdrawn. The call has not run.';

/** In all sessions there may be, calls run or wait. */
export const noRoom = (): CallToolResult =>
  refusal(
    'This gateway has as many sessions as it may, and in none of them is nothing left to do. The call has not run.',
    'Go on in a session that is there, or wait until a call that waits for a person has ended.',
  );

/** Belay refused or did not answer: nothing is allowed. */
export function noDecision(error: unknown): CallToolResult {
  if (error instanceof ApiError && error.status > 0 && error.status < 500)
    return refusal('Belay did not let this call run.', error.detail);
  return refusal(
    'Belay cannot be asked about this call, so it has not run.',
    'Nothing runs without a decision. Try again later.',
  );
}

/** The result with a word about what a reviewer changed: the model must not believe that its own arguments ran. */
export function withEdits(result: CallToolResult, changes: readonly Change[]): CallToolResult {
  const said = changes.map(
    ({ path, before, after }) =>
      `${path}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`,
  );
  const text = `A person changed the arguments before they approved this call. It ran with: ${said.join('; ')}.`;
  return { ...result, content: [...result.content, { type: 'text', text }] };
}

function lines(reasons: readonly Reason[]): string[] {
  return reasons.map(({ text, remedy }) =>
    remedy === undefined ? `- ${text}` : `- ${text} What would change it: ${remedy}`,
  );
}
