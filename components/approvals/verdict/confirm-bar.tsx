'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { summarizeTarget, summaryInputOf } from '../summary';
import { SummaryLine } from '../summary-line';
import { needsTypedTarget } from '../approval-state';
import { dangerFacts } from './danger-facts';
import { FormActions } from './form-actions';
import { KeyHint } from './key-hint';
import { TypedTarget } from './typed-target';

export interface ConfirmBarProps {
  approval: ApprovalDetail;
  deliberate: boolean;
  pending: boolean;
  onConfirm: (target?: string) => void;
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
  const folded = useFoldedValues(ref);
  useEffect(() => {
    (ref.current?.querySelector<HTMLElement>('[data-typed-target]') ?? ref.current)?.focus({
      preventScroll: true,
    });
  }, []);
  return (
    <div
      ref={ref}
      role="group"
      tabIndex={-1}
      aria-label={t('Confirm the approval')}
      className="flex flex-col gap-2.5 outline-none"
    >
      <p className="text-sm">
        <span className="font-semibold">
          {rich('Let {tool} run exactly once', {
            tool: <UntrustedText text={approval.action.name} mono />,
          })}
        </span>
        <SummaryLine parts={summarizeTarget(summaryInputOf(approval))} />?
      </p>
      {folded > 0 ? <FoldedBelow folded={folded} /> : null}
      {deliberate ? (
        <p className="text-dense font-medium">
          {t('This call {facts}.', { facts: dangerFacts(approval) })}
        </p>
      ) : null}
      <Answer
        approval={approval}
        deliberate={deliberate}
        pending={pending}
        onConfirm={onConfirm}
        onCancel={onCancel}
      />
    </div>
  );
}

/** Yes or no; for critical risk the yes needs the name of the target. */
function Answer({ approval, deliberate, pending, onConfirm, onCancel }: ConfirmBarProps) {
  const [typed, setTyped] = useState('');
  const isCritical = needsTypedTarget(approval);
  const isNamed = !isCritical || typed === approval.resource.id;
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed && !pending) onConfirm(isCritical ? typed : undefined);
      }}
    >
      {isCritical ? (
        <TypedTarget resource={approval.resource} typed={typed} onType={setTyped} />
      ) : null}
      <FormActions
        onCancel={onCancel}
        submit={
          <Button
            type="submit"
            variant="approve"
            pending={pending}
            disabled={!isNamed}
            className="max-md:h-11"
          >
            {pending ? t('Approving…') : t('Yes, approve this call')}
            <KeyHint onFill>{confirmKey(isCritical, deliberate)}</KeyHint>
          </Button>
        }
      />
    </form>
  );
}

function FoldedBelow({ folded }: { folded: number }) {
  return (
    <p className="text-dense font-medium text-sev-2">
      {counted(
        folded,
        '{count} long value is still folded below: unfold and read first.',
        '{count} long values are still folded below: unfold and read first.',
      )}
    </p>
  );
}

const confirmKey = (isCritical: boolean, deliberate: boolean): string =>
  isCritical ? '⏎' : deliberate ? t('Shift A') : 'a';

/** How many values of the open call are folded on the page: as many as now, when some are unfolded under the question. */
function useFoldedValues(bar: RefObject<HTMLElement | null>): number {
  const [folded, setFolded] = useState(0);
  useEffect(() => {
    const call = bar.current?.closest('article');
    if (call == null) return undefined;
    const count = (): void => setFolded(call.querySelectorAll('[data-folded]').length);
    count();
    const observer = new MutationObserver(count);
    observer.observe(call, { childList: true, subtree: true, attributeFilter: ['data-folded'] });
    return () => observer.disconnect();
  }, [bar]);
  return folded;
}
