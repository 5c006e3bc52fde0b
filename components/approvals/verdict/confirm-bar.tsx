'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { countText } from '@/components/ui/number-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { summarizeTarget, summaryInputOf } from '../summary';
import { SummaryLine } from '../summary-line';
import { FormActions } from './form-actions';
import { KeyHint } from './key-hint';

export interface ConfirmBarProps {
  approval: ApprovalDetail;
  deliberate: boolean;
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/**
 * Asks once before an approval. It takes the focus itself, so that a double click or a repeated Enter meets neither button;
 * Cancel stands where Approve was.
 */
export function ConfirmBar({
  approval,
  deliberate,
  pending,
  onConfirm,
  onCancel,
}: ConfirmBarProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState(0);
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
    setFolded(countFolded(ref.current));
  }, []);
  return (
    <div
      ref={ref}
      role="group"
      tabIndex={-1}
      aria-label="Confirm the approval"
      className="flex flex-col gap-2.5 outline-none"
    >
      <p className="text-sm">
        <span className="font-semibold">Let </span>
        <UntrustedText text={approval.action.name} mono className="font-semibold" />
        <span className="font-semibold"> run exactly once</span>
        <SummaryLine parts={summarizeTarget(summaryInputOf(approval))} />?
      </p>
      {folded > 0 ? (
        <p className="text-dense font-medium text-sev-2">
          {countText(folded, 'long value is', 'long values are')} still folded below: unfold and
          read first.
        </p>
      ) : null}
      {deliberate ? <p className="text-dense font-medium">{dangerText(approval)}</p> : null}
      <FormActions
        onCancel={onCancel}
        submit={
          <Button variant="approve" pending={pending} className="max-md:h-11" onClick={onConfirm}>
            {pending ? 'Approving…' : 'Yes, approve this call'}
            <KeyHint onFill>{deliberate ? 'Shift A' : 'a'}</KeyHint>
          </Button>
        }
      />
    </div>
  );
}

/** How many values of the open call are folded on the page right now. */
function countFolded(bar: HTMLElement | null): number {
  return bar?.closest('article')?.querySelectorAll('[data-folded]').length ?? 0;
}

function dangerText({ tool, risk }: ApprovalDetail): string {
  const facts = [
    ...(risk === 'high' || risk === 'critical' ? [`is ${risk} risk`] : []),
    ...(tool.known ? [] : ['is not in the tool catalogue']),
    ...(tool.reversible ? [] : ['cannot be undone']),
    ...(tool.egress ? ['can carry data outside'] : []),
  ];
  return `This call ${facts.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`;
}
