'use client';

import { Hash, Timer } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { placeName } from '@/components/trust/grants/grant-words';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
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
      {approval.grantRequest === undefined ? null : <AskedGrant request={approval.grantRequest} />}
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

/** What the agent would like to run unasked, and what it says this is for: its words, and nobody has checked them. */
function AskedGrant({ request }: { request: NonNullable<ApprovalDetail['grantRequest']> }) {
  const { uses, minutes, vary } = request.scope;
  return (
    <div className="mb-2 flex flex-col gap-1 rounded-md border border-line bg-sunken px-2.5 py-2 text-dense">
      <p className="font-medium">
        {t('The agent asks for this: {uses} uses within {minutes} minutes.', { uses, minutes })}
      </p>
      {vary.length === 0 ? null : (
        <p>
          {rich('It would like these to vary: {places}.', {
            places: <UntrustedText text={vary.map(placeName).join(', ')} mono />,
          })}
        </p>
      )}
      <p className="text-ink-2">
        {rich('It says why: {reason}', { reason: <UntrustedText text={request.reason} /> })}
      </p>
    </div>
  );
}
