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

function Withdraw({ version }: { version: number }) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="quiet" onClick={() => setAsked(true)}>
        Withdraw version {version}
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
      title={`Version ${proposal.version} is proposed`}
      description={
        <>
          by {proposal.createdBy}, <RelativeTime at={proposal.createdAt} focusable />
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
              Put version {proposal.version} in force
            </Button>
          ) : null}
          <Button variant="quiet" onClick={onLook}>
            Read version {proposal.version}
          </Button>
          {proposal.mayWithdraw ? <Withdraw version={proposal.version} /> : null}
          {!allowed && why ? <span className="text-dense text-ink-2">{why}</span> : null}
        </div>
      </div>
    </Panel>
  );
}
