/** Taking a verdict back, and what to say of it. Comes when it is first asked for. */
import { ApiError, describeError } from '@/lib/client/api-error';
import { t, texts } from '@/lib/client/language';
import type { UndoOffer } from './undo-offers';

export { takeBack } from './take-back';

/** What came of taking one verdict back: it waits again, or why not. */
export interface UndoTry {
  readonly id: string;
  /** Nothing when it was taken back. */
  readonly error?: unknown;
}

/**
 * What is left of an offer after an attempt, and what to say. What the server refused is over; what got no answer can be tried again.
 */
export function afterUndo(
  offer: UndoOffer,
  tries: readonly UndoTry[],
): {
  readonly left: UndoOffer | null;
  readonly back: readonly string[];
  readonly failure: string | null;
} {
  const failed = tries.filter(({ error }) => error !== undefined);
  const back = tries.filter(({ error }) => error === undefined).map(({ id }) => id);
  const again = failed.filter(({ error }) => !isRefusal(error)).map(({ id }) => id);
  const left = again.length === 0 ? null : { ...offer, ids: again };
  const [first] = failed;
  if (first === undefined) return { left, back, failure: null };
  const why = [...new Set(failed.map(({ error }) => whyNot(error)))].join(' ');
  const failure =
    tries.length === 1
      ? t('Not taken back. {why}', { why })
      : t('{back} taken back, {stay} not. {why}', { back: back.length, stay: failed.length, why });
  return { left, back, failure };
}

/** The two refusals that every reviewer meets have words of their own, without the times that programs read. */
const REFUSALS: Readonly<Record<string, string>> = texts({
  already_redeemed: 'The agent has used this approval already.',
  undo_over: 'The time for it is over: the verdict counts.',
});

const whyNot = (error: unknown): string =>
  (error instanceof ApiError ? REFUSALS[error.code] : undefined) ?? describeError(error).detail;

/** The server said no, and would again. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
