import { CircleCheck, CircleSlash, CircleX, TimerOff } from 'lucide-react';
import { cx } from '@/components/ui/class-names';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { endingOf } from '../approval-state';
import { reasonLabel } from '../reject-reasons';
import { CanaryNotice } from './canary-notice';
import { ChangeList } from './change-list';
import { EffectPanel } from './effect-panel';

const LOOKS = {
  approved: { icon: CircleCheck, tone: 'text-approved' },
  rejected: { icon: CircleX, tone: 'text-rejected' },
  expired: { icon: TimerOff, tone: 'text-ink-2' },
  cancelled: { icon: CircleSlash, tone: 'text-ink-2' },
} as const;

/** How the call ended: the verdict with who and why, or that there was none. */
export function EndingNotice({
  approval,
  agentHref,
}: {
  approval: ApprovalDetail;
  agentHref: string;
}) {
  const ending = endingOf(approval);
  if (approval.canary !== undefined) return <CanaryNotice canary={approval.canary} />;
  if (ending === null || approval.state === 'pending') return null;
  const { icon: Icon, tone } = LOOKS[approval.state];
  const { verdict } = approval;
  const why = ending.why ?? (verdict?.reason === undefined ? null : reasonLabel(verdict.reason));
  return (
    <div className="flex gap-2.5">
      <Icon aria-hidden size={20} className={cx('shrink-0', tone)} />
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <strong className={cx('font-semibold', tone)}>{ending.word}</strong>
          {ending.by === null ? null : ` ${t('by {person}', { person: ending.by })}`}{' '}
          <RelativeTime at={approval.closedAt ?? approval.expiresAt} className="text-ink-2" />
          {why === null ? null : (
            <>
              {': '}
              {why}
            </>
          )}
        </p>
        {verdict?.comment ? (
          <UntrustedText
            text={verdict.comment}
            block
            className="mt-1 border-l-2 border-line-strong pl-2.5 text-dense"
          />
        ) : null}
        {verdict?.edit === undefined ? null : (
          <div className="mt-1.5">
            <p className="text-dense text-ink-2">
              {t('Only this can run, with these values instead of those the agent sent:')}
            </p>
            <ChangeList changes={verdict.edit.changes} />
          </div>
        )}
        <EffectPanel approval={approval} agentHref={agentHref} />
      </div>
    </div>
  );
}
