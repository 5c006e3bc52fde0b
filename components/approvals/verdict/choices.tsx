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
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { rich, t } from '@/lib/client/language';
import { useArgumentsShown } from '../arguments-shown';
import { wouldNotRun } from '../asking';
import { hasArguments } from '../use-decide';
import { WorkMenu } from '../work/work-menu';
import { KeyHint } from './key-hint';
import type { VerdictBarProps } from './verdict-bar-props';

/** What can be done with a call that waits. */
export function Choices({ approval, viewerId, decide, group }: VerdictBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ApproveButton approval={approval} decide={decide} />
      <RejectButton decide={decide} />
      <span className="flex gap-2 max-md:w-full max-md:*:flex-1">
        {hasArguments(approval) ? (
          <Button
            variant="quiet"
            data-ask="edit"
            className="max-md:h-11"
            icon={<Pencil aria-hidden size={16} />}
            onClick={() => decide.askFor('edit')}
          >
            {t('Edit…')} <KeyHint>e</KeyHint>
          </Button>
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
    <Button
      variant="danger-outline"
      data-ask="reject"
      className="max-md:h-11 max-md:flex-1"
      icon={<X aria-hidden size={16} />}
      onClick={() => decide.askFor('reject')}
    >
      {t('Reject…')} <KeyHint>r</KeyHint>
    </Button>
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
          {t('An approval would come to nothing.')} {approval.mayApprove?.why}
        </span>
      </p>
    );
  return (
    <Button
      variant="approve"
      data-ask="approve"
      pending={!shown}
      className="max-md:h-11 max-md:flex-1"
      icon={<Check aria-hidden size={16} />}
      onClick={() => decide.askFor('approve')}
    >
      {t('Approve this call')} <KeyHint onFill>a</KeyHint>
    </Button>
  );
}

function TogetherButton({ group }: Pick<VerdictBarProps, 'group'>) {
  if (group.count < 2) return null;
  return (
    <Button
      variant="quiet"
      className="max-md:h-11"
      icon={<Layers aria-hidden size={16} />}
      onClick={() => void group.open()}
    >
      {t('{count} like this…', { count: group.count })} <KeyHint>b</KeyHint>
    </Button>
  );
}

export function CommentButton({ decide }: Pick<VerdictBarProps, 'decide'>) {
  return (
    <Button
      variant="quiet"
      data-ask="comment"
      className="max-md:h-11"
      icon={<MessageSquare aria-hidden size={16} />}
      onClick={() => decide.askFor('comment')}
    >
      {t('Comment')} <KeyHint>c</KeyHint>
    </Button>
  );
}

type ClaimProps = Pick<VerdictBarProps, 'approval' | 'viewerId' | 'decide'>;

function ClaimButton({ approval, viewerId, decide }: ClaimProps) {
  const { state } = decide;
  const mine = approval.claim?.by === viewerId;
  const Icon = mine ? UserRoundX : UserRoundCheck;
  return (
    <Button
      variant="quiet"
      className="max-md:h-11"
      pending={state?.kind === 'sending' && ['claim', 'release'].includes(state.deed.type)}
      icon={<Icon aria-hidden size={16} />}
      onClick={decide.claim}
    >
      {mine ? t('Release') : t('Claim')} <KeyHint>m</KeyHint>
    </Button>
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
