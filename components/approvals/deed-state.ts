import { ApiError, describeError } from '@/lib/client/api-error';
import type { Approval, ApproveRequest, RejectReason } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { lostRaceText, notRecordedText } from './approval-state';
import type { WorkDeed } from './work/work-deeds';

export type Deed =
  | ({ readonly type: 'approve' } & Readonly<ApproveRequest>)
  | { readonly type: 'reject'; readonly reason: RejectReason; readonly comment?: string }
  | {
      readonly type: 'comment';
      readonly body: string;
      /** Makes one that is tried again count once. */
      readonly key: string;
    }
  | { readonly type: 'claim' }
  | { readonly type: 'release' }
  | WorkDeed
  /** One's own approval while a second person has not decided. */
  | { readonly type: 'undo' };

/** Where a deed on one approval stands. Nothing is shown as done before the server said so. */
export type DeedState =
  | {
      readonly kind: 'sending';
      readonly deed: Deed;
      /** The browser is asking for a passkey. */
      readonly waitsForPasskey?: true;
    }
  | { readonly kind: 'done'; readonly deed: Deed }
  | {
      readonly kind: 'failed';
      readonly deed: Deed;
      readonly text: string;
      readonly requestId: string | undefined;
      /** Trying the same again can help. */
      readonly retry: boolean;
    };

/**
 * Whether the call may stand otherwise than the page shows it: after a conflict, a refusal for how things are now (the policy
 * changed, trust fell, a passkey is missing), a failure, or without an answer.
 */
export const mayStandOtherwise = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.status === 0 || error.status === 409 || error.status === 422 || error.status >= 500);

/**
 * What a deed came to when the server answered with an error, or not at all. `current` is the approval as read again after a
 * conflict or a lost answer: if it carries the viewer's own verdict, the deed was done and only its answer got lost.
 */
export function stateAfterError(
  error: unknown,
  deed: Deed,
  current: Pick<Approval, 'state' | 'verdict' | 'verdicts' | 'cancelReason'> | null,
  viewerId: string,
): DeedState {
  const { detail, requestId } = describeError(error);
  const status = error instanceof ApiError ? error.status : 0;
  const retry = status === 0 || status >= 500;
  if (deed.type !== 'approve' && deed.type !== 'reject') {
    return { kind: 'failed', deed, text: detail, requestId, retry };
  }
  if (current !== null && gaveVerdict(current, deed.type, viewerId)) return { kind: 'done', deed };
  if (current !== null && current.state !== 'pending') {
    return {
      kind: 'failed',
      deed,
      text: lostRaceText(current, deed.type),
      requestId,
      retry: false,
    };
  }
  // Without an answer and without the approval nobody knows, and the page must not say that it does.
  const known = current !== null || !retry;
  const text = known
    ? `${detail} ${notRecordedText(deed.type)}`
    : `${detail} ${t('Whether your verdict was recorded is not known. Trying again decides nothing twice.')}`;
  return { kind: 'failed', deed, text, requestId, retry };
}

/** Whether an approval carries this verdict of the viewer: as the one that closed it, or as the first of two. */
export function gaveVerdict(
  { state, verdict, verdicts }: Pick<Approval, 'state' | 'verdict' | 'verdicts'>,
  attempted: 'approve' | 'reject',
  viewerId: string,
): boolean {
  const viewer = `person:${viewerId}`;
  if (state === 'pending')
    return attempted === 'approve' && verdicts.some(({ by }) => by === viewer);
  const wanted = attempted === 'approve' ? 'approved' : 'rejected';
  return verdict?.by === viewer && verdict.outcome === wanted;
}
