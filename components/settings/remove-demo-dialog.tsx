'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { countText } from '@/components/ui/number-text';
import type { Workspace } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import { overviewQuery } from '@/lib/client/governance-queries';

/** Deletes the demo for good, after its name was typed. */
export function RemoveDemoDialog({ demo, onClose }: { demo: Workspace; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const overview = useQuery(overviewQuery(demo.slug));
  const remove = useMutation({
    mutationFn: () => apiOf(demo.slug).delete('/api/v1/workspace/demo'),
    // A full load: this browser's session lists a workspace less now.
    onSuccess: () => window.location.replace(window.location.origin),
  });
  const matches = typed.trim() === demo.name;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Remove ${demo.name}`}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            disabled={!matches}
            pending={remove.isPending || remove.isSuccess}
            onClick={() => remove.mutate()}
          >
            Remove {demo.name} for good
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          {overview.data
            ? `${countText(overview.data.agents, 'agent')} and everything recorded about them, ${countText(overview.data.pending.count, 'waiting approval')} and the ledger of the demo are deleted.`
            : 'All of its agents, decisions, approvals and its ledger are deleted.'}{' '}
          This cannot be undone. Your own workspace is not touched.
        </p>
        <Field label={`Type “${demo.name}” to confirm`}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
          />
        </Field>
        {remove.error ? (
          <InlineStatus tone="error">{describeError(remove.error).detail}</InlineStatus>
        ) : null}
      </div>
    </Dialog>
  );
}
