import { ApiError, describeError } from '@/lib/client/api-error';
import type { Approval, ApproveRequest, RejectReason } from '@/lib/contracts';
import { lostRaceText, notRecordedText } from './approval-state';
import type { WorkDeed } from './work/work-deeds';

export type Deed =
  | ({ readonly type: 'approve' } & Readonly<ApproveRequest>)
  | { readonly type: 'reject'; readonly reason: RejectReason; readonly comment?: string }
  | { readonly type: 'comment'; readonly body: string }
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
 * What a deed came to when the server answered with an error, or not at all. `current` is the approval as read again after a
 * conflict or a lost answer: if it carries the viewer's own verdict, the deed was done and only its answer got lost.
 */
export function stateAfterError(
  error: unknown,
  deed: Deed,
  current: Pick<Approval, 'state' | 'verdict' | 'cancelReason'> | null,
  viewerId: string,
): DeedState {
  const { detail, requestId } = describeError(error);
  const status = error instanceof ApiError ? error.status : 0;
  const retry = status === 0 || status >= 500;
  if (deed.type !== 'approve' && deed.type !== 'reject') {
    return { kind: 'failed', deed, text: detail, requestId, retry };
  }
  const wanted = deed.type === 'approve' ? 'approved' : 'rejected';
  if (current?.verdict?.by === `person:${viewerId}` && current.verdict.outcome === wanted) {
    return { kind: 'done', deed };
  }
  if (current !== null && current.state !== 'pending') {
    return {
      kind: 'failed',
      deed,
      text: lostRaceText(current, deed.type),
      requestId,
      retry: false,
    };
  }
  const text = status === 0 ? detail : `${detail} ${notRecordedText(deed.type)}`;
  return { kind: 'failed', deed, text, requestId, retry };
}
