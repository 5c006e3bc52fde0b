'use client';

import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { InlineStatus } from '@/components/ui/inline-status';
import { latePart } from '@/components/ui/late-part';
import { useNow } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/states';
import { rich, t } from '@/lib/client/language';
import { needsDeliberateConfirm } from '../approval-state';
import { isPointless, waitsForAnswer } from '../asking';
import type { DeedState } from '../deed-state';
import { BarButton } from './bar-button';
import { Choices } from './choices';
import { ConfirmBar } from './confirm-bar';
import { EndingNotice } from './late-ending';
import { FormComing, WorkForm, isWorkQuestion } from '../work/work-form';
import type { VerdictBarProps } from './verdict-bar-props';

// What a person first moves or types fetches them; whoever goes on typing before they are there loses nothing (`holdKeys`). The
// question before an approval is part of the page: nothing is approved unseen.
const LATE_FORM = {
  loading: <FormComing />,
  get what() {
    return t('The form could not be shown.');
  },
  giveUp: ({ onCancel }: { onCancel: () => void }) => onCancel(),
};
const [RejectForm, fetchRejectForm] = latePart(
  async () => (await import('./reject-form')).RejectForm,
  LATE_FORM,
);
const [CommentForm, fetchCommentForm] = latePart(
  async () => (await import('./comment-form')).CommentForm,
  LATE_FORM,
);
const [EditForm] = latePart(async () => (await import('./edit-form')).EditForm, LATE_FORM);
const [GrantForm] = latePart(
  async () => (await import('../grants/grant-form')).GrantForm,
  LATE_FORM,
);

// Few calls need two people or wait for an answer, and most readers may decide.
const [CallNotices] = latePart(async () => (await import('./call-notices')).CallNotices, {
  loading: <Skeleton className="mb-2.5 h-5 w-72 max-w-full" />,
  get what() {
    return t('What else is to know about this call could not be shown.');
  },
});
const [Refusal] = latePart(async () => (await import('./refusal')).Refusal, {
  loading: <Skeleton className="h-8" />,
  get what() {
    return t('Why you may not decide this could not be shown.');
  },
});

/** Fetches the forms that the first keys open. */
export function fetchFirstForms(): void {
  fetchRejectForm();
  fetchCommentForm();
}

const BAR =
  'border-line bg-surface px-4 py-3 md:shrink-0 max-md:sticky max-md:bottom-0 max-md:z-10 max-md:order-last max-md:max-h-full max-md:shrink-0 max-md:border-t max-md:pb-[max(12px,env(safe-area-inset-bottom))] md:border-b md:px-6';

/** How it ended, and the way on. */
function Ended({ approval, agentHref, onNext }: VerdictBarProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 flex-1 basis-64">
        <EndingNotice approval={approval} agentHref={agentHref} />
      </div>
      {onNext === null ? null : (
        <BarButton variant="secondary" hint="j" onClick={onNext} className="max-md:w-full">
          {t('Next item')}
        </BarButton>
      )}
    </div>
  );
}

/** The actions on a call, or how it ended, or why the reader may not act. On a phone it stands at the bottom. */
export function VerdictBar(props: VerdictBarProps) {
  const { approval, decide } = props;
  const { asking, state } = decide;
  const expired = useNow() >= Date.parse(approval.expiresAt);
  useDroppedQuestion(props, expired);
  return (
    <div
      data-verdict-bar
      // A form may be longer than the screen of a phone; a menu must not be cut off.
      className={cx(
        BAR,
        approval.state === 'pending' && 'max-md:min-h-28',
        asking !== 'nothing' && 'max-md:overflow-y-auto',
      )}
    >
      {state?.kind === 'sending' && state.waitsForPasskey ? (
        <InlineStatus tone="pending" className="mb-3">
          {t('Confirm with your passkey. Your browser is asking for it now.')}
        </InlineStatus>
      ) : null}
      {state?.kind === 'failed' ? <Failure {...props} failed={state} /> : null}
      {approval.state !== 'pending' ? (
        <Ended {...props} />
      ) : expired && state?.kind !== 'sending' ? (
        <p className="text-dense text-ink-2">
          {t(
            'Time is up: nobody can decide this call any more. It closes as expired, which is not a verdict.',
          )}
        </p>
      ) : (
        <>
          {approval.verdictsNeeded > 1 || waitsForAnswer(approval) ? (
            <CallNotices approval={approval} viewerId={props.viewerId} decide={decide} />
          ) : null}
          <Open {...props} />
        </>
      )}
    </div>
  );
}

/** A question about what cannot be done any more makes way for the reason. */
function useDroppedQuestion({ approval, decide }: VerdictBarProps, expired: boolean): void {
  const { asking, askFor, state } = decide;
  const over = asking !== 'nothing' && (expired || approval.state !== 'pending');
  const drop = over || (state?.kind !== 'sending' && isPointless(asking, approval));
  useEffect(() => {
    if (drop) askFor('nothing');
  });
}

function Open(props: VerdictBarProps) {
  const { approval, decide } = props;
  const { asking, askFor, act } = decide;
  const sending = decide.state?.kind === 'sending' ? decide.state.deed.type : null;
  const cancel = () => askFor('nothing');
  const open =
    approval.mayDecide.allowed ||
    asking === 'comment' ||
    asking === 'answer' ||
    (asking === 'reject' && approval.mayDecide.rejectOnly === true);
  const question = open ? asking : 'nothing';
  if (isWorkQuestion(question)) return <WorkForm {...props} asking={question} onCancel={cancel} />;
  switch (question) {
    case 'approve':
      return (
        <ConfirmBar
          approval={approval}
          deliberate={needsDeliberateConfirm(approval)}
          pending={sending === 'approve'}
          onConfirm={decide.confirm}
          onCancel={cancel}
        />
      );
    case 'edit':
      return <Edit {...props} />;
    case 'reject':
      return (
        <RejectForm
          pending={sending === 'reject'}
          onReject={(reason, comment) => act({ type: 'reject', reason, comment })}
          onCancel={cancel}
        />
      );
    case 'grantUses':
    case 'grantTime':
      return <Grant {...props} by={question === 'grantUses' ? 'uses' : 'time'} />;
    case 'comment':
      return (
        <CommentForm
          pending={sending === 'comment'}
          onComment={(body) => act({ type: 'comment', body, key: newKey() })}
          onCancel={cancel}
        />
      );
    case 'nothing':
      return approval.mayDecide.allowed ? <Choices {...props} /> : <Refusal {...props} />;
  }
}

function Edit({ approval, decide }: VerdictBarProps) {
  return (
    <EditForm
      approval={approval}
      pending={decide.state?.kind === 'sending' && decide.state.deed.type === 'approve'}
      onApprove={(edits, target) =>
        decide.act({ type: 'approve', digest: approval.digest, edits, target })
      }
      onCancel={() => decide.askFor('nothing')}
    />
  );
}

function Grant({ approval, decide, by }: VerdictBarProps & { by: 'uses' | 'time' }) {
  return (
    <GrantForm
      approval={approval}
      by={by}
      pending={decide.state?.kind === 'sending' && decide.state.deed.type === 'approve'}
      onGrant={(scope) => decide.act({ type: 'approve', digest: approval.digest, scope })}
      onCancel={() => decide.askFor('nothing')}
    />
  );
}

function Failure({
  failed,
  approval,
  decide,
  onDismiss,
}: VerdictBarProps & { failed: Extract<DeedState, { kind: 'failed' }> }) {
  return (
    <InlineStatus
      tone="error"
      className="mb-3"
      action={
        <span className="flex gap-1">
          {failed.retry && approval.state === 'pending' ? (
            <Button size="sm" variant="quiet" onClick={() => decide.act(failed.deed)}>
              {t('Try again')}
            </Button>
          ) : null}
          <Button size="sm" variant="quiet" onClick={onDismiss}>
            {t('Dismiss')}
          </Button>
        </span>
      }
    >
      {failed.text}
      {failed.requestId ? (
        <span className="mt-0.5 block text-xs">
          {rich('Request {id}', { id: <code className="select-all">{failed.requestId}</code> })}
        </span>
      ) : null}
    </InlineStatus>
  );
}

/** Random, also where the page has no secure context. */
const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
