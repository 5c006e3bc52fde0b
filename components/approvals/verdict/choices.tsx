'use client';

import {
  Ban,
  Check,
  Layers,
  MessageSquare,
  Pencil,
  UserRoundCheck,
  UserRoundX,
  X,
} from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { rich, t } from '@/lib/client/language';
import { useWorkspace } from '@/lib/client/session';
import { useArgumentsShown } from '../arguments-shown';
import { wouldNotRun } from '../asking';
import { hasArguments } from '../use-decide';
import { WorkMenu } from '../work/work-menu';
import { BarButton } from './bar-button';
import type { VerdictBarProps } from './verdict-bar-props';

/** What can be done with a call that waits. */
export function Choices({ approval, viewerId, decide, group }: VerdictBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ApproveButton approval={approval} decide={decide} />
      <RejectButton decide={decide} />
      <span className="flex gap-2 max-md:w-full max-md:flex-wrap max-md:*:flex-1">
        {hasArguments(approval) ? (
          <BarButton asks="edit" icon={Pencil} hint="e" onClick={() => decide.askFor('edit')}>
            {t('Edit…')}
          </BarButton>
        ) : null}
        <TogetherButton group={group} />
        <CommentButton decide={decide} />
        <ClaimButton approval={approval} viewerId={viewerId} decide={decide} />
        <WorkMenu approval={approval} viewerId={viewerId} decide={decide} />
      </span>
      <ClaimLine approval={approval} viewerId={viewerId} />
    </div>
  );
}

export function RejectButton({ decide }: Pick<VerdictBarProps, 'decide'>) {
  return (
    <BarButton
      variant="danger-outline"
      asks="reject"
      className="max-md:flex-1"
      icon={X}
      hint="r"
      onClick={() => decide.askFor('reject')}
    >
      {t('Reject…')}
    </BarButton>
  );
}

/**
 * Where an approval would come to nothing, the reason stands in the button's place. While what would run is not on the page yet the
 * button waits for it.
 */
function ApproveButton({ approval, decide }: Pick<VerdictBarProps, 'approval' | 'decide'>) {
  const shown = useArgumentsShown(approval.id);
  if (wouldNotRun(approval))
    return (
      <p className="flex w-full gap-2 text-dense">
        <Ban aria-hidden size={16} className="mt-px shrink-0 text-ink-2" />
        <span>
          <WhyNot mayApprove={approval.mayApprove} />
        </span>
      </p>
    );
  return (
    <BarButton
      variant="approve"
      asks="approve"
      pending={!shown}
      className="max-md:flex-1"
      icon={Check}
      hint="a"
      onClick={() => decide.askFor('approve')}
    >
      {t('Approve this call')}
    </BarButton>
  );
}

/** What can be put right from here is said with the way to it. */
function WhyNot({ mayApprove }: Pick<VerdictBarProps['approval'], 'mayApprove'>) {
  const workspace = useWorkspace();
  if (mayApprove?.code !== 'passkey_required')
    return `${t('An approval would come to nothing.')} ${mayApprove?.why ?? ''}`;
  return (
    <>
      {mayApprove.why}{' '}
      <Link
        href={`/${workspace}/settings?tab=you`}
        className="text-accent underline underline-offset-2"
      >
        {t('Add a passkey')}
      </Link>
    </>
  );
}

function TogetherButton({ group }: Pick<VerdictBarProps, 'group'>) {
  if (group.count < 2) return null;
  return (
    <BarButton icon={Layers} hint="b" onClick={() => void group.open()}>
      {t('{count} like this…', { count: group.count })}
    </BarButton>
  );
}

export function CommentButton({ decide }: Pick<VerdictBarProps, 'decide'>) {
  return (
    <BarButton
      asks="comment"
      icon={MessageSquare}
      hint="c"
      onClick={() => decide.askFor('comment')}
    >
      {t('Comment')}
    </BarButton>
  );
}

type ClaimProps = Pick<VerdictBarProps, 'approval' | 'viewerId' | 'decide'>;

function ClaimButton({ approval, viewerId, decide }: ClaimProps) {
  const { state } = decide;
  const mine = approval.claim?.by === viewerId;
  return (
    <BarButton
      pending={state?.kind === 'sending' && ['claim', 'release'].includes(state.deed.type)}
      icon={mine ? UserRoundX : UserRoundCheck}
      hint="m"
      onClick={decide.claim}
    >
      {mine ? t('Release') : t('Claim')}
    </BarButton>
  );
}

function ClaimLine({ approval, viewerId }: Omit<ClaimProps, 'decide'>) {
  const { claim, assignment } = approval;
  return (
    <>
      {claim === null ? null : (
        <span className="text-dense text-ink-2">
          {rich('Claimed by {person}, ends {time}', {
            person: claim.by === viewerId ? t('you') : claim.name,
            time: <RelativeTime at={claim.until} />,
          })}
        </span>
      )}
      {assignment == null ? null : (
        <span className="min-w-0 text-dense text-ink-2">
          {t('Assigned to {person} by {manager}', {
            person: assignment.to === viewerId ? t('you') : assignment.name,
            manager: assignment.by,
          })}
          {assignment.note === null ? null : (
            <>
              : <UntrustedText text={assignment.note} className="text-ink" />
            </>
          )}
        </span>
      )}
    </>
  );
}
