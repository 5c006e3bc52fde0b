'use client';

import { UsersRound } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich } from '@/lib/client/language';
import { t } from '@/lib/client/language';
import type { useDecide } from '../use-decide';

/** A call that two people have to approve: who has, and that somebody else has to. */
export function SecondPerson({
  approval,
  viewerId,
  decide,
}: {
  approval: ApprovalDetail;
  viewerId: string | null;
  decide: ReturnType<typeof useDecide>;
}) {
  if (approval.verdictsNeeded < 2) return null;
  const mine = approval.verdicts.some(({ by }) => by === `person:${viewerId}`);
  return (
    <div className="mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
      <UsersRound aria-hidden size={16} className="shrink-0 text-ink-2" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">
          {approval.verdictsGiven === 0
            ? t('Two people have to approve this call.')
            : t('Waiting for a second person.')}
        </strong>{' '}
        {approval.verdicts.map(({ by, name, at, comment }) => (
          <span key={by} className="text-ink-2">
            {rich('{name} approved it {time}.', { name, time: <RelativeTime at={at} /> })}{' '}
            {comment === undefined ? null : <UntrustedText text={comment} />}
          </span>
        ))}
      </p>
      {mine ? (
        <Button
          size="sm"
          className="max-md:h-11"
          pending={decide.state?.kind === 'sending' && decide.state.deed.type === 'undo'}
          onClick={() => decide.act({ type: 'undo' })}
        >
          {t('Take my approval back')}
        </Button>
      ) : null}
    </div>
  );
}
