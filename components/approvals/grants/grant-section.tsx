'use client';

import { Hash, Timer } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { Section } from '../detail/section';
import { wouldNotRun } from '../asking';
import type { useDecide } from '../use-decide';

/** Approving more than this call: at the end of the page, far from approving it once. */
export function GrantSection({
  approval,
  decide,
}: {
  approval: ApprovalDetail;
  decide: ReturnType<typeof useDecide>;
}) {
  if (approval.state !== 'pending' || !approval.mayDecide.allowed || wouldNotRun(approval))
    return null;
  const { allowed, why } = approval.mayGrant;
  return (
    <Section title={t('Approve calls like this one')}>
      {allowed ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            data-ask="grantUses"
            className="max-md:h-11"
            icon={<Hash aria-hidden size={16} />}
            onClick={() => decide.askFor('grantUses')}
          >
            {t('For some uses…')}
          </Button>
          <Button
            data-ask="grantTime"
            className="max-md:h-11"
            icon={<Timer aria-hidden size={16} />}
            onClick={() => decide.askFor('grantTime')}
          >
            {t('For some time…')}
          </Button>
          <p className="basis-full text-dense text-ink-2">
            {t('You choose what has to stay the same, and confirm once more.')}
          </p>
        </div>
      ) : (
        <p className="text-dense text-ink-2">{why}</p>
      )}
    </Section>
  );
}
