'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { KillSwitch } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { focusFirstInvalid } from './focus-invalid';
import { refreshAfterSwitch, releaseSwitch } from './queries';
import { scopeText } from './switch-text';

function useRelease(id: string, onReleased: () => void) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => releaseSwitch(workspace, id, reason),
    onSuccess: async () => {
      await refreshAfterSwitch(client, workspace);
      onReleased();
    },
  });
}

/** Ends a switch, with the reason why it is safe again. Closes only when the server has confirmed. */
export function ReleaseDialog({ item, onClose }: { item: KillSwitch; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const releasing = useRelease(item.id, onClose);
  const missing = reason.trim() === '' ? 'Say why it is safe to go on.' : undefined;
  const submit = () => {
    setTried(true);
    if (missing) focusFirstInvalid(form.current);
    else releasing.mutate(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Release the switch on ${scopeText(item.scope.type, item.scope.label)}`}
      description="Calls are decided again by pact, policy and rung. What the switch ended stays ended."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={releasing.isPending} onClick={submit}>
            Release this switch
          </Button>
        </>
      }
    >
      <div ref={form} className="flex flex-col gap-4">
        <p className="text-dense text-ink-2">
          Set by {item.setBy}, because: <UntrustedText text={item.reason} className="text-ink" />
        </p>
        <Field label="Reason" error={tried ? missing : undefined} help="Stands in the ledger.">
          <Textarea
            autoFocus
            rows={2}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {releasing.error ? (
          <InlineStatus tone="error">
            Still in force. {describeError(releasing.error).detail}
          </InlineStatus>
        ) : null}
      </div>
    </Dialog>
  );
}
