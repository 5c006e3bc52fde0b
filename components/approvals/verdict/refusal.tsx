import { Lock } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { useOnlyReviewer } from '@/lib/client/only-reviewer';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { waitsForAnswer } from '../asking';
import { AnswerButton } from '../work/work-menu';
import { BarButton } from './bar-button';
import { CommentButton, RejectButton } from './choices';
import type { VerdictBarProps } from './verdict-bar-props';

/** Somebody who may not decide sees no verdict button at all, but why, and what is left to do. */
export function Refusal({
  approval,
  viewerId,
  decide,
}: Pick<VerdictBarProps, 'approval' | 'viewerId' | 'decide'>) {
  const mayComment = usePermission('approvals.comment');
  const mayDecide = usePermission('approvals.decide');
  const { claim } = approval;
  const held = mayDecide && claim !== null && claim.by !== viewerId;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex min-w-0 flex-1 basis-64 gap-2 text-dense">
        <Lock aria-hidden size={16} className="mt-px shrink-0 text-ink-2" />
        {held ? (
          <span>
            {rich('{name} is deciding this. It is free again {time}.', {
              name: claim.name,
              time: <RelativeTime at={claim.until} className="font-medium" />,
            })}
          </span>
        ) : (
          <span>
            {approval.mayDecide.why ?? t('You may read this call, but not decide it.')}
            {mayDecide ? <NobodyElse /> : null}
          </span>
        )}
      </p>
      {approval.mayDecide.rejectOnly === true ? <DespiteClaim decide={decide} /> : null}
      {waitsForAnswer(approval) ? <AnswerButton decide={decide} /> : null}
      {mayComment ? <CommentButton decide={decide} /> : null}
    </div>
  );
}

/** What a claim of somebody else holds nobody off from. */
function DespiteClaim({ decide }: Pick<VerdictBarProps, 'decide'>) {
  return (
    <>
      <RejectButton decide={decide} />
      <BarButton
        pending={decide.state?.kind === 'sending' && decide.state.deed.type === 'release'}
        onClick={() => decide.act({ type: 'release' })}
      >
        {t('End this claim')}
      </BarButton>
    </>
  );
}

/** To the owner of the agent who is alone: without somebody else the call can only expire. */
function NobodyElse() {
  const workspace = useWorkspace();
  if (!useOnlyReviewer()) return null;
  return (
    <>
      {' '}
      {t('Nobody else can decide here.')}{' '}
      <Link
        href={`/${workspace}/settings?tab=people`}
        className="text-accent underline underline-offset-2"
      >
        {t('Add a person')}
      </Link>
    </>
  );
}
