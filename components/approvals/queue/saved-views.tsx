'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import type { QueueView } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { NOT_NARROWED, type ViewParams } from '../view-params';
import type { FilterPanelProps } from './filter-panel';

const PATH = '/api/v1/queue-views';

/** The reviewer's own views: one press goes there, a name keeps what is shown now. */
export function SavedViews({ workspace, view, onChange }: FilterPanelProps) {
  const { views, save, remove, failure } = useViews(workspace);
  return (
    <>
      {failure === null ? null : (
        <InlineStatus tone="error">{describeError(failure).detail}</InlineStatus>
      )}
      {views.length === 0 ? null : (
        <ul aria-label={t('Your views')} className="flex flex-wrap gap-1.5">
          {views.map((saved) => (
            <li key={saved.id} className="inline-flex max-w-full rounded-md border border-line">
              <Button
                size="sm"
                variant="quiet"
                className="min-w-0 max-md:h-11"
                onClick={() => onChange({ ...NOT_NARROWED, sort: null, ...saved.view, item: null })}
              >
                <span className="truncate">
                  <UntrustedText text={saved.name} />
                </span>
              </Button>
              <IconButton
                label={t('Remove the view {name}', { name: saved.name })}
                icon={<Trash2 aria-hidden size={14} />}
                onClick={() => remove.mutate(saved.id)}
              />
            </li>
          ))}
        </ul>
      )}
      <SaveForm
        pending={save.isPending}
        onSave={(name) => save.mutateAsync({ name, view: keptOf(view) })}
      />
    </>
  );
}

function useViews(workspace: string) {
  const client = useQueryClient();
  const queryKey = [workspace, 'people', 'queue-views'];
  const views = useQuery({
    queryKey,
    queryFn: ({ signal }) => apiOf(workspace).get<{ items: QueueView[] }>(PATH, { signal }),
  });
  const reread = () => client.invalidateQueries({ queryKey });
  const save = useMutation({
    mutationFn: (view: Omit<QueueView, 'id'>) => apiOf(workspace).post(PATH, view),
    onSuccess: reread,
  });
  const remove = useMutation({
    mutationFn: (id: string) => apiOf(workspace).delete(`${PATH}/${id}`),
    onSuccess: reread,
  });
  const failure = save.error ?? remove.error ?? views.error;
  return { views: views.data?.items ?? [], save, remove, failure };
}

function SaveForm({
  pending,
  onSave,
}: {
  pending: boolean;
  onSave: (name: string) => Promise<unknown>;
}) {
  const [name, setName] = useState('');
  const given = name.trim();
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        // What went wrong stands above the form; the name stays to be tried again.
        if (given !== '')
          onSave(given).then(
            () => setName(''),
            () => undefined,
          );
      }}
    >
      <Field label={t('Keep this view as')} className="flex-1">
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" className="max-md:h-11" pending={pending} disabled={given === ''}>
        {t('Save')}
      </Button>
    </form>
  );
}

/** What is kept: not the open call, and only what is set. */
function keptOf({ tab, q, agent, tool, risk, sort }: ViewParams): QueueView['view'] {
  return {
    tab,
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(agent === null ? {} : { agent }),
    ...(tool === null ? {} : { tool }),
    ...(risk === null ? {} : { risk }),
    ...(sort === null ? {} : { sort }),
  };
}
