'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import type { SwitchInput } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useSession } from '@/lib/client/session';
import { focusFirstInvalid } from './focus-invalid';
import { refreshAfterSwitch, setSwitch } from './queries';
import { useScopeLabel } from './scope-field';
import { SwitchForm } from './switch-form';
import {
  draftErrors,
  setActionText,
  switchInput,
  type ScopeType,
  type SwitchDraft,
} from './switch-text';
import { counted, t } from '@/lib/client/language';

interface SetSwitchDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Stop exactly this; without it the person chooses. */
  scope?: { type: ScopeType; value: string };
}

/** Asks what to stop, how and why, says the impact in numbers, and shows the switch as set only when the server says so. */
export function SetSwitchDialog({ open, onOpenChange, scope }: SetSwitchDialogProps) {
  return open ? <OpenDialog onOpenChange={onOpenChange} scope={scope} /> : null;
}

const emptyDraft = (scope: SetSwitchDialogProps['scope']): SwitchDraft => ({
  type: scope?.type ?? 'agent',
  value: scope?.value ?? '',
  mode: 'halt',
  reason: '',
  confirmation: '',
});

function useSetting(workspace: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: SwitchInput) => setSwitch(workspace, input),
    onSuccess: () => refreshAfterSwitch(client, workspace),
  });
}

function OpenDialog({ onOpenChange, scope }: Omit<SetSwitchDialogProps, 'open'>) {
  const { workspace } = useSession();
  const [draft, setDraft] = useState(() => emptyDraft(scope));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const label = useScopeLabel(draft.type, draft.value);
  const errors = draftErrors(draft, workspace.name);
  const setting = useSetting(workspace.slug);
  const submit = () => {
    setTried(true);
    if (Object.keys(errors).length === 0) setting.mutate(switchInput(draft));
    else focusFirstInvalid(form.current);
  };
  const action = setActionText(draft.mode, draft.type, label);
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      width="md"
      title={scope && label ? action : t('Set a kill switch')}
      description={t('It holds from the moment the server has confirmed it.')}
      footer={
        <Footer
          action={action}
          pending={setting.isPending}
          done={setting.isSuccess}
          onSubmit={submit}
          onClose={() => onOpenChange(false)}
        />
      }
    >
      <div ref={form}>
        {setting.data ? (
          <Done ended={setting.data.ended} />
        ) : (
          <SwitchForm
            draft={draft}
            onChange={(change) => setDraft({ ...draft, ...change })}
            errors={tried ? errors : {}}
            fixedScope={scope !== undefined}
          />
        )}
      </div>
      <Progress pending={setting.isPending} error={setting.error} />
    </Dialog>
  );
}

function Done({ ended }: { ended: { approvals: number; permits: number } }) {
  return (
    <InlineStatus tone="done">
      {t('In force. {approvals}, {permits}.', {
        approvals: counted(
          ended.approvals,
          '{count} approval was cancelled',
          '{count} approvals were cancelled',
        ),
        permits: counted(ended.permits, '{count} permit is invalid', '{count} permits are invalid'),
      })}
    </InlineStatus>
  );
}

function Progress({ pending, error }: { pending: boolean; error: Error | null }) {
  if (pending)
    return (
      <InlineStatus tone="pending" className="mt-4">
        {t('Not in force yet: waiting for the server.')}
      </InlineStatus>
    );
  if (!error) return null;
  const { detail, requestId } = describeError(error);
  return (
    <InlineStatus tone="error" className="mt-4">
      {t('The switch was not confirmed.')} {detail}
      {requestId ? (
        <span className="block text-xs">{t('Request {id}', { id: requestId })}</span>
      ) : null}
    </InlineStatus>
  );
}

interface FooterProps {
  action: string;
  pending: boolean;
  done: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

function Footer({ action, pending, done, onSubmit, onClose }: FooterProps) {
  if (done) return <Button onClick={onClose}>{t('Close')}</Button>;
  return (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button
        variant="danger"
        pending={pending}
        icon={<OctagonX aria-hidden size={14} />}
        className="max-w-full overflow-hidden"
        onClick={onSubmit}
      >
        <span className="truncate">{action}</span>
      </Button>
    </>
  );
}
