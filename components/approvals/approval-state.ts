import type { Approval, RejectReason } from '@/lib/contracts';

/** The eight typed reasons in the order of their digit keys. */
export const REASON_CHOICES: readonly {
  readonly reason: RejectReason;
  readonly label: string;
  readonly means: string;
}[] = [
  {
    reason: 'wrong_target',
    label: 'Wrong target',
    means: 'It would reach the wrong person, record or place',
  },
  {
    reason: 'wrong_arguments',
    label: 'Wrong values',
    means: 'Right action, wrong amount, text or setting',
  },
  {
    reason: 'not_needed',
    label: 'Not needed',
    means: 'Nobody needs this done, or it is done already',
  },
  {
    reason: 'out_of_scope',
    label: 'Outside its task',
    means: 'Not what this agent or this session is for',
  },
  { reason: 'unsafe', label: 'Unsafe', means: 'It could do harm that is hard to undo' },
  { reason: 'policy', label: 'Against policy', means: 'A rule of ours forbids it' },
  {
    reason: 'injection',
    label: 'Follows injected text',
    means: 'Something the agent read told it to do this',
  },
  { reason: 'other', label: 'Other', means: 'Say it in the comment' },
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
        word: approval.verdict?.edit === undefined ? 'Approved' : 'Approved with edits',
        by,
        why: null,
      };
    case 'rejected': {
      const reason = approval.verdict?.reason;
      return { word: 'Rejected', by, why: reason === undefined ? null : reasonLabel(reason) };
    }
    case 'expired':
      return { word: 'Expired', by: null, why: 'Nobody decided in time. This is not a verdict.' };
    case 'cancelled':
      return { word: 'Cancelled', by: null, why: approval.cancelReason };
  }
}

/** What to tell a reviewer whose verdict came second, from the approval as the server holds it now. */
export function lostRaceText(
  approval: Pick<Approval, 'state' | 'verdict' | 'cancelReason'>,
  attempted: 'approve' | 'reject',
): string {
  const mine = notRecordedText(attempted);
  const verdict = approval.verdict;
  if (verdict !== null) return `${verdict.name} ${verdict.outcome} this first. ${mine}`;
  if (approval.state === 'expired') return `The time ran out before the verdict arrived. ${mine}`;
  if (approval.state === 'cancelled') {
    return `This call was cancelled${approval.cancelReason === null ? '' : ` (${approval.cancelReason})`}. ${mine}`;
  }
  return `This call waits again. ${mine}`;
}

export function notRecordedText(attempted: 'approve' | 'reject'): string {
  return `Your ${attempted === 'approve' ? 'approval' : 'rejection'} was not recorded.`;
}
