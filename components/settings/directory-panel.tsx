'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Refusal } from '@/components/ui/refusal';
import type { DirectoryAudience, DirectorySettings } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';

const DIRECTORY_AUDIENCES = [
  'nobody',
  'members',
  'anyone',
] as const satisfies readonly DirectoryAudience[];

const PATH = '/api/v1/workspace/directory';

const directoryQuery = (workspace: string) =>
  queryOptions({
    queryKey: [workspace, 'workspace', 'directory'],
    queryFn: ({ signal }) => apiOf(workspace).get<DirectorySettings>(PATH, { signal }),
  });

const AUDIENCES: Readonly<Record<DirectoryAudience, { readonly name: string }>> = {
  nobody: {
    get name() {
      return t('Nobody outside of this workspace');
    },
  },
  members: {
    get name() {
      return t('Whoever signs in to any workspace here');
    },
  },
  anyone: {
    get name() {
      return t('Anyone who knows the id of an agent');
    },
  },
};

/** Who may look up the agents of the workspace: their names, their standing and their public keys. */
export function DirectoryPanel() {
  const query = useQuery(directoryQuery(useWorkspace()));
  return (
    <Panel title={t('Directory of agents')}>
      <QueryView query={query} what={t('The setting could not be loaded.')}>
        {(settings) => <DirectoryForm settings={settings} />}
      </QueryView>
    </Panel>
  );
}

function useSave() {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = directoryQuery(useWorkspace());
  return useMutation({
    mutationFn: (next: DirectorySettings) => api.put<DirectorySettings>(PATH, next),
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
  });
}

function DirectoryForm({ settings }: { settings: DirectorySettings }) {
  const mayManage = usePermission('workspace.manage');
  const save = useSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const chosen = fields.get('audience');
    const audience = DIRECTORY_AUDIENCES.find((name) => name === chosen) ?? settings.audience;
    save.mutate({ audience, showOwner: fields.get('showOwner') === 'yes' });
  };
  return (
    <form onSubmit={submit} className="flex max-w-[64ch] flex-col gap-3">
      <p className="text-ink-2">
        {t(
          'Others can look up the name, the standing and the public keys of an agent, with a statement that Belay signs. Agents that are not published cannot be told from agents that do not exist.',
        )}
      </p>
      <Field label={t('Who may look agents up')}>
        <Select name="audience" defaultValue={settings.audience} disabled={!mayManage}>
          {DIRECTORY_AUDIENCES.map((audience) => (
            <option key={audience} value={audience}>
              {AUDIENCES[audience].name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('Who owns the agent')}>
        <Select
          name="showOwner"
          defaultValue={settings.showOwner ? 'yes' : 'no'}
          disabled={!mayManage}
        >
          <option value="no">{t('is not shown')}</option>
          <option value="yes">{t('is shown as well')}</option>
        </Select>
      </Field>
      <Refusal error={save.error} />
      {mayManage ? <Save pending={save.isPending} done={save.isSuccess} /> : null}
    </form>
  );
}

function Save({ pending, done }: { pending: boolean; done: boolean }) {
  return (
    <div className="flex items-center gap-3">
      <Button type="submit" pending={pending}>
        {t('Save')}
      </Button>
      {done ? (
        <span role="status" className="text-dense text-ink-2">
          {t('Saved.')}
        </span>
      ) : null}
    </div>
  );
}
