'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import type { PolicyVersion } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApprovePolicy } from './use-policy-calls';
import { WideningView } from './widening-view';
import { WithdrawDialog } from './withdraw-dialog';
import { rich, t } from '@/lib/client/language';

function Withdraw({ version }: { version: number }) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="quiet" onClick={() => setAsked(true)}>
        {t('Withdraw version {version}', { version })}
      </Button>
      {asked ? <WithdrawDialog version={version} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

/** A version that waits for a second person: what it lets through, and the one press that puts it in force. */
export function ProposalPanel({
  proposal,
  onLook,
}: {
  proposal: PolicyVersion;
  onLook: () => void;
}) {
  const approve = useApprovePolicy();
  const { allowed, why } = proposal.mayApprove;
  return (
    <Panel
      title={t('Version {version} is proposed', { version: proposal.version })}
      description={
        <>
          {rich('by {person}, {time}', {
            person: proposal.createdBy,
            time: <RelativeTime at={proposal.createdAt} focusable />,
          })}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="wrap-anywhere">{proposal.reason}</p>
        {proposal.widening ? <WideningView widening={proposal.widening} /> : null}
        {approve.error ? (
          <InlineStatus tone="error">{describeError(approve.error).detail}</InlineStatus>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          {allowed ? (
            <Button
              variant="primary"
              pending={approve.isPending}
              onClick={() => approve.mutate(proposal.version)}
            >
              {t('Put version {version} in force', { version: proposal.version })}
            </Button>
          ) : null}
          <Button variant="quiet" onClick={onLook}>
            {t('Read version {version}', { version: proposal.version })}
          </Button>
          {proposal.mayWithdraw ? <Withdraw version={proposal.version} /> : null}
          {!allowed && why ? <span className="text-dense text-ink-2">{why}</span> : null}
        </div>
      </div>
    </Panel>
  );
}
