import type { Approval, RejectReason } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** The eight typed reasons in the order of their digit keys. */
export const REASON_CHOICES: readonly {
  readonly reason: RejectReason;
  readonly label: string;
  readonly means: string;
}[] = [
  {
    reason: 'wrong_target',
    get label() {
      return t('Wrong target');
    },
    get means() {
      return t('It would reach the wrong person, record or place');
    },
  },
  {
    reason: 'wrong_arguments',
    get label() {
      return t('Wrong values');
    },
    get means() {
      return t('Right action, wrong amount, text or setting');
    },
  },
  {
    reason: 'not_needed',
    get label() {
      return t('Not needed');
    },
    get means() {
      return t('Nobody needs this done, or it is done already');
    },
  },
  {
    reason: 'out_of_scope',
    get label() {
      return t('Outside its task');
    },
    get means() {
      return t('Not what this agent or this session is for');
    },
  },
  {
    reason: 'unsafe',
    get label() {
      return t('Unsafe');
    },
    get means() {
      return t('It could do harm that is hard to undo');
    },
  },
  {
    reason: 'policy',
    get label() {
      return t('Against policy');
    },
    get means() {
      return t('A rule of ours forbids it');
    },
  },
  {
    reason: 'injection',
    get label() {
      return t('Follows injected text');
    },
    get means() {
      return t('Something the agent read told it to do this');
    },
  },
  {
    reason: 'other',
    get label() {
      return t('Other');
    },
    get means() {
      return t('Say it in the comment');
    },
  },
];

function reasonLabel(reason: RejectReason): string {
  return REASON_CHOICES.find((choice) => choice.reason === reason)?.label ?? reason;
}

/** The reason a digit key stands for, or null. */
export function reasonForDigit(key: string): RejectReason | null {
  return /^[1-8]$/.test(key) ? (REASON_CHOICES[Number(key) - 1]?.reason ?? null) : null;
}

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

/** How an approval ended, in words; null while it waits. An expiry or a cancellation is never called a verdict. */
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
    case 'rejected': {
      const reason = approval.verdict?.reason;
      return { word: t('Rejected'), by, why: reason === undefined ? null : reasonLabel(reason) };
    }
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
