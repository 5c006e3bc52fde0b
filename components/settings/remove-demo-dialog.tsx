'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import type { Overview, Workspace } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import { overviewQuery } from '@/lib/client/governance-queries';
import { counted, t } from '@/lib/client/language';

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
      title={t('Remove {name}', { name: demo.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('Keep it')}</Button>
          <Button
            variant="danger"
            disabled={!matches}
            pending={remove.isPending || remove.isSuccess}
            onClick={() => remove.mutate()}
          >
            {t('Remove {name} for good', { name: demo.name })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          {whatGoes(overview.data)} {t('This cannot be undone. Your own workspace is not touched.')}
        </p>
        <Field label={t('Type “{name}” to confirm', { name: demo.name })}>
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

/** What is deleted, in numbers once they are known. */
function whatGoes(overview: Overview | undefined): string {
  if (overview === undefined)
    return t('All of its agents, decisions, approvals and its ledger are deleted.');
  return t(
    '{agents} and everything recorded about them, {approvals} and the ledger of the demo are deleted.',
    {
      agents: counted(overview.agents, '{count} agent', '{count} agents'),
      approvals: counted(
        overview.pending.count,
        '{count} waiting approval',
        '{count} waiting approvals',
      ),
    },
  );
}
