'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import type { Incident } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi, usePermission } from '@/lib/client/session';
import { useIncidentChange } from './use-incident-change';
import { t } from '@/lib/client/language';

/** What it was, written by whoever found out. */
export function RootCause({ incident }: { incident: Incident }) {
  const api = useApi();
  const mayWrite = usePermission('incidents.manage');
  const [text, setText] = useState(incident.rootCause ?? '');
  const save = useIncidentChange((rootCause: string) =>
    api.post<Incident>(`/api/v1/incidents/${incident.id}/root-cause`, { rootCause }),
  );
  if (!mayWrite)
    return (
      <p className="text-ink-2">
        {incident.rootCause
          ? t('Root cause: {rootCause}', { rootCause: incident.rootCause })
          : t('No root cause written yet.')}
      </p>
    );
  const unchanged = text.trim() === '' || text.trim() === (incident.rootCause ?? '');
  return (
    <div className="flex flex-col items-start gap-2">
      <Field label={t('Root cause')} className="w-full">
        <Textarea value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button
        size="sm"
        disabled={unchanged}
        pending={save.isPending}
        onClick={() => save.mutate(text.trim())}
      >
        {t('Save the root cause')}
      </Button>
      {save.error ? (
        <InlineStatus tone="error">{describeError(save.error).detail}</InlineStatus>
      ) : null}
    </div>
  );
}
