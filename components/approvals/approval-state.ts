import type { Approval } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** Risk or effect that asks for a deliberate second press. */
export function needsDeliberateConfirm(approval: {
  readonly risk: Approval['risk'];
  readonly tool: { readonly reversible: boolean; readonly known: boolean };
}): boolean {
  return (
    approval.risk === 'high' ||
    approval.risk === 'critical' ||
    !approval.tool.reversible ||
    !approval.tool.known
  );
}

/** Critical risk: the name of the target has to be typed before the call can be approved. The server checks it too. */
export const needsTypedTarget = ({ risk }: Pick<Approval, 'risk'>): boolean => risk === 'critical';

/**
 * How an approval ended, in words; null while it waits. An expiry or a cancellation is never called a verdict. The reason of a
 * rejection is named by `reasonLabel`.
 */
export function endingOf(
  approval: Pick<Approval, 'state' | 'verdict' | 'cancelReason'>,
): { readonly word: string; readonly by: string | null; readonly why: string | null } | null {
  const by = approval.verdict?.name ?? null;
  switch (approval.state) {
    case 'pending':
      return null;
    case 'approved':
      return {
        word: approval.verdict?.edit === undefined ? t('Approved') : t('Approved with edits'),
        by,
        why: null,
      };
    case 'rejected':
      return { word: t('Rejected'), by, why: null };
    case 'expired':
      return {
        word: t('Expired'),
        by: null,
        why: t('Nobody decided in time. This is not a verdict.'),
      };
    case 'cancelled':
      return { word: t('Cancelled'), by: null, why: approval.cancelReason };
  }
}

/** What to tell a reviewer whose verdict came second, from the approval as the server holds it now. */
export function lostRaceText(
  approval: Pick<Approval, 'state' | 'verdict' | 'cancelReason'>,
  attempted: 'approve' | 'reject',
): string {
  return `${whatCameFirst(approval)} ${notRecordedText(attempted)}`;
}

function whatCameFirst({
  state,
  verdict,
  cancelReason,
}: Pick<Approval, 'state' | 'verdict' | 'cancelReason'>): string {
  if (verdict !== null)
    return verdict.outcome === 'approved'
      ? t('{name} approved this first.', { name: verdict.name })
      : t('{name} rejected this first.', { name: verdict.name });
  if (state === 'expired') return t('The time ran out before the verdict arrived.');
  if (state !== 'cancelled') return t('This call waits again.');
  return cancelReason === null
    ? t('This call was cancelled.')
    : t('This call was cancelled ({reason}).', { reason: cancelReason });
}

export function notRecordedText(attempted: 'approve' | 'reject'): string {
  return attempted === 'approve'
    ? t('Your approval was not recorded.')
    : t('Your rejection was not recorded.');
}
