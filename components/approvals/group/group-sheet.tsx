'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Drawer } from '@/components/ui/dialog';
import { Field, Select } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import { approvalKeys, featureKey } from '@/lib/client/query-keys';
import type { Approval, BulkVerdict, BulkVerdictRequest, RejectReason } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { REASON_CHOICES } from '../approval-state';
import { CONFIRM_GUARD_MS } from '../shortcuts';
import { GroupLines } from './group-lines';
import { GroupResults } from './group-results';
import { groupTable } from './group-table';
import { SameValues } from './same-values';

export interface GroupSheetProps {
  workspace: string;
  /** The calls as they were when the sheet was opened: what comes in later is not among them. */
  calls: readonly Approval[];
  onDecided: (calls: readonly Approval[], answer: BulkVerdict) => void;
  onClose: () => void;
}

type Step = { at: 'reading' } | { at: 'confirming'; verdict: 'approve' | 'reject'; since: number };

/** What like calls have in common, where they differ, and one verdict on those that stay ticked. */
export function GroupSheet({ workspace, calls, onDecided, onClose }: GroupSheetProps) {
  const table = useMemo(() => groupTable(calls), [calls]);
  const group = useDeciding(workspace, calls, onDecided);
  const { answer, failure } = group;
  const [first] = calls;
  if (first === undefined) return null;
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="lg"
      title={<Title approval={first} count={calls.length} />}
      description={t(
        'Each is decided by itself, with its own permit. Read what differs; leave out what does not belong.',
      )}
      footer={
        answer === null ? (
          <Actions {...group} />
        ) : (
          <Button variant="primary" onClick={onClose}>
            {t('Close')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {failure === null ? null : <InlineStatus tone="error">{failure}</InlineStatus>}
        {answer === null ? (
          <>
            <SameValues table={table} />
            <GroupLines table={table} left={group.left} onToggle={group.toggle} />
          </>
        ) : (
          <GroupResults answer={answer} table={table} />
        )}
      </div>
    </Drawer>
  );
}

/** What is ticked, what is being asked, and sending it. */
function useDeciding(
  workspace: string,
  calls: readonly Approval[],
  onDecided: GroupSheetProps['onDecided'],
) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [step, setStep] = useState<Step>({ at: 'reading' });
  const [reason, setReason] = useState<RejectReason | ''>('');
  const chosen = calls.filter(({ id }) => !left.has(id));
  const { send, ...sending } = useSending(workspace, (answer) => onDecided(chosen, answer));
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
    setStep({ at: 'reading' });
  };
  const onConfirm = () => {
    if (step.at === 'reading' || performance.now() - step.since < CONFIRM_GUARD_MS) return;
    void send({
      items: chosen.map(({ id, digest }) => ({ id, digest })),
      verdict: step.verdict,
      ...(step.verdict === 'reject' && reason !== '' ? { reason } : {}),
      undoable: true,
    });
  };
  return {
    ...sending,
    left,
    toggle,
    step,
    count: chosen.length,
    reason,
    onReason: setReason,
    onAsk: (verdict: 'approve' | 'reject') =>
      setStep({ at: 'confirming', verdict, since: performance.now() }),
    onBack: () => setStep({ at: 'reading' }),
    onConfirm,
  };
}

function Title({ approval, count }: { approval: Approval; count: number }) {
  return (
    <>
      {rich('{count} × {tool} by {agent}', {
        count,
        tool: <UntrustedText text={approval.action.name} mono />,
        agent: <UntrustedText text={approval.agent.name} />,
      })}
    </>
  );
}

function useSending(workspace: string, onDecided: (answer: BulkVerdict) => void) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [answer, setAnswer] = useState<BulkVerdict | null>(null);
  const send = async (body: BulkVerdictRequest): Promise<void> => {
    if (pending) return;
    setPending(true);
    setFailure(null);
    try {
      const got = await apiOf(workspace).post<BulkVerdict>('/api/v1/approvals/bulk', body);
      setAnswer(got);
      onDecided(got);
    } catch (error) {
      setFailure(describeError(error).detail);
    } finally {
      setPending(false);
      void client.invalidateQueries({ queryKey: featureKey(workspace, 'approvals') });
      void client.invalidateQueries({ queryKey: featureKey(workspace, 'approval') });
      void client.invalidateQueries({ queryKey: approvalKeys.pending(workspace) });
    }
  };
  return { pending, failure, answer, send };
}

interface ActionsProps {
  step: Step;
  count: number;
  reason: RejectReason | '';
  pending: boolean;
  onReason: (reason: RejectReason | '') => void;
  onAsk: (verdict: 'approve' | 'reject') => void;
  onBack: () => void;
  onConfirm: () => void;
}

function Actions(props: ActionsProps) {
  const { step, count, onAsk } = props;
  if (step.at === 'confirming') return <Confirm {...props} verdict={step.verdict} />;
  return (
    <>
      <Button variant="danger-outline" disabled={count === 0} onClick={() => onAsk('reject')}>
        {t('Reject {count}…', { count })}
      </Button>
      <Button variant="approve" disabled={count === 0} onClick={() => onAsk('approve')}>
        {t('Approve {count}…', { count })}
      </Button>
    </>
  );
}

/** Asks once more, with the number; it takes the focus, so that a double click meets no button. */
function Confirm({
  verdict,
  count,
  reason,
  pending,
  onReason,
  onBack,
  onConfirm,
}: ActionsProps & { verdict: 'approve' | 'reject' }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const isReady = verdict === 'approve' || reason !== '';
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={t('Confirm the verdicts')}
      className="flex w-full flex-wrap items-end justify-end gap-3 outline-none"
    >
      <p className="mr-auto text-sm font-medium">
        {verdict === 'approve'
          ? counted(
              count,
              'Let {count} call run, each exactly once?',
              'Let {count} calls run, each exactly once?',
            )
          : counted(count, 'Reject {count} call?', 'Reject {count} calls?')}
      </p>
      {verdict === 'reject' ? <ReasonChoice reason={reason} onReason={onReason} /> : null}
      <Button onClick={onBack}>{t('Back')}</Button>
      <Button
        variant={verdict === 'approve' ? 'approve' : 'danger'}
        pending={pending}
        disabled={!isReady}
        onClick={onConfirm}
      >
        {verdict === 'approve'
          ? t('Yes, approve {count}', { count })
          : t('Yes, reject {count}', { count })}
      </Button>
    </div>
  );
}

function ReasonChoice({ reason, onReason }: Pick<ActionsProps, 'reason' | 'onReason'>) {
  return (
    <Field label={t('Reason')}>
      <Select
        value={reason}
        onChange={({ target }) =>
          onReason(REASON_CHOICES.find((choice) => choice.reason === target.value)?.reason ?? '')
        }
      >
        <option value="">{t('Choose…')}</option>
        {REASON_CHOICES.map((choice) => (
          <option key={choice.reason} value={choice.reason}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
