'use client';

import { useRef, useState, type ReactNode } from 'react';
import { t } from '@/lib/client/language';
import { Button } from './button';
import { Dialog } from './dialog';
import { Field, Textarea } from './field';
import { Refusal } from './refusal';

interface ReasonDialogProps {
  title: string;
  /** What follows, in a sentence or two. */
  description: string;
  /** The name of the effect, on the button. */
  action: string;
  /** What is said when no reason was given. */
  missing: string;
  /** The call that needs the reason. The caller closes the dialog when the server has confirmed. */
  sending: {
    readonly mutate: (reason: string) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  /** How things stand when the call failed, before the why. */
  unchanged: string;
  onClose: () => void;
  /** What it is about. */
  children?: ReactNode;
}

/** Asks for the reason of something that others will have to understand; nothing is sent without one. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, action, missing, sending, unchanged, onClose, children } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const given = reason.trim();
  const submit = () => {
    setTried(true);
    if (given === '') field.current?.focus();
    else sending.mutate(given);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      footer={
        <Actions action={action} pending={sending.isPending} onClose={onClose} onSubmit={submit} />
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <Field
          label={t('Reason')}
          error={tried && given === '' ? missing : undefined}
          help={t('Stands in the ledger.')}
        >
          <Textarea
            ref={field}
            autoFocus
            rows={2}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Refusal error={sending.error} unchanged={unchanged} />
      </div>
    </Dialog>
  );
}

function Actions({
  action,
  pending,
  onClose,
  onSubmit,
}: Pick<ReasonDialogProps, 'action' | 'onClose'> & { pending: boolean; onSubmit: () => void }) {
  return (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button variant="primary" pending={pending} onClick={onSubmit}>
        {action}
      </Button>
    </>
  );
}
