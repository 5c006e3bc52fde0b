'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { describeError } from '@/lib/client/api-error';
import { useWithdrawPolicy } from './use-policy-calls';

/** Takes a proposal back, with the reason. Closes only when the server has confirmed. */
export function WithdrawDialog({ version, onClose }: { version: number; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const withdrawing = useWithdrawPolicy(onClose);
  const missing = reason.trim() === '' ? 'Say why it is taken back.' : undefined;
  const submit = () => {
    setTried(true);
    if (missing) field.current?.focus();
    else withdrawing.mutate({ version, reason: reason.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Withdraw version ${version}`}
      description="Nobody can put it in force any more. The version in force stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={withdrawing.isPending} onClick={submit}>
            Withdraw this version
          </Button>
        </>
      }
    >
      <Field label="Reason" error={tried ? missing : undefined} help="Stands in the ledger.">
        <Textarea
          ref={field}
          autoFocus
          rows={2}
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {withdrawing.error ? (
        <InlineStatus tone="error">{describeError(withdrawing.error).detail}</InlineStatus>
      ) : null}
    </Dialog>
  );
}
