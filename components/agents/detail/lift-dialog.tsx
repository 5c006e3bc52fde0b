'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import type { AgentDetail, Restriction } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';

function useLift(agentId: string, restriction: string, onLifted: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const path = `/api/v1/agents/${encodeURIComponent(agentId)}/restrictions/${restriction}/lift`;
  return useMutation({
    mutationFn: (reason: string) => api.post<AgentDetail>(path, { reason }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.one(workspace, agentId) });
      onLifted();
    },
  });
}

interface LiftDialogProps {
  agentId: string;
  item: Restriction;
  onClose: () => void;
}

/** Lifts a restriction, with the reason why the agent may go on. Closes only when the server has confirmed. */
export function LiftDialog({ agentId, item, onClose }: LiftDialogProps) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const lift = useLift(agentId, item.id, onClose);
  const missing = reason.trim() === '' ? 'Say why it may go on.' : undefined;
  const submit = () => {
    setTried(true);
    if (!missing) lift.mutate(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Lift: ${item.name.toLowerCase()}`}
      description="Calls are decided again by pact, policy and rung. The score stays as it is; the next such signal puts it back."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={lift.isPending} onClick={submit}>
            Lift {item.name.toLowerCase()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-dense text-ink-2">
          {item.stops} Because: {item.reason}
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
        {lift.error ? (
          <InlineStatus tone="error">
            Still in force. {describeError(lift.error).detail}
          </InlineStatus>
        ) : null}
      </div>
    </Dialog>
  );
}
