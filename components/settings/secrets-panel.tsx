'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Refusal } from '@/components/ui/refusal';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import type { Secret, secretListSchema } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { secretsKey } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { ConfirmDialog } from './confirm-dialog';

const secretsQuery = (workspace: string) =>
  queryOptions({
    queryKey: secretsKey(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof secretListSchema>>('/api/v1/gateway-secrets', { signal }),
  });

function useRefetch() {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: secretsKey(workspace) });
}

/** Sets a secret; what it holds goes to the server and is never shown again. */
function SecretDialog({ name, onClose }: { name: string | undefined; onClose: () => void }) {
  const api = useApi();
  const refetch = useRefetch();
  const put = useMutation({
    mutationFn: (input: { name: string; value: string }) =>
      api.post('/api/v1/gateway-secrets', input),
    onSuccess: async () => {
      await refetch();
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    put.mutate({ name: name ?? formText(fields, 'name'), value: formText(fields, 'value') });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={name === undefined ? t('Add a secret') : t('Replace {name}', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="set-secret" variant="primary" pending={put.isPending}>
            {name === undefined ? t('Add the secret') : t('Replace it')}
          </Button>
        </>
      }
    >
      <form id="set-secret" onSubmit={submit} className="flex flex-col gap-3">
        {name === undefined ? (
          <Field label={t('Name')} help={t('As the configuration of a gateway names it.')}>
            <Input name="name" required maxLength={64} autoComplete="off" />
          </Field>
        ) : null}
        <Field
          label={t('What it holds')}
          help={t('It is sealed and never shown again. It counts from the next call.')}
        >
          <Input name="value" type="password" required maxLength={8192} autoComplete="off" />
        </Field>
        <Refusal error={put.error} />
      </form>
    </Dialog>
  );
}

/** Says what follows before a secret is gone. */
function RemoveDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const api = useApi();
  const refetch = useRefetch();
  const remove = useMutation({
    mutationFn: () => api.delete(`/api/v1/gateway-secrets/${encodeURIComponent(name)}`),
    onSuccess: async () => {
      await refetch();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('Remove {name}', { name })}
      action={t('Remove {name}', { name })}
      sending={remove}
      unchanged={t('The secret is still there.')}
      onClose={onClose}
    >
      <p>
        {t(
          'Gateways cannot open it from their next call on: MCP servers that need it fail to sign in. What it holds cannot be brought back.',
        )}
      </p>
    </ConfirmDialog>
  );
}

function SecretRow({
  secret,
  onReplace,
  onRemove,
}: {
  secret: Secret;
  onReplace: () => void;
  onRemove: () => void;
}) {
  const { name, setBy, setAt, lastOpenedAt } = secret;
  const set = <RelativeTime at={setAt} />;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
      <div className="min-w-48 flex-1 basis-64">
        <code className="font-medium">{name}</code>
        <p className="text-dense text-ink-2">
          {lastOpenedAt
            ? rich('set by {who} {set}, last opened {opened}', {
                who: setBy,
                set,
                opened: <RelativeTime at={lastOpenedAt} />,
              })
            : rich('set by {who} {set}, never opened', { who: setBy, set })}
        </p>
      </div>
      <span className="flex gap-1 max-sm:-ml-2.5">
        <Button size="sm" variant="quiet" className="max-md:h-11" onClick={onReplace}>
          {t('Replace…')}
        </Button>
        <Button size="sm" variant="quiet" className="max-md:h-11" onClick={onRemove}>
          {t('Remove…')}
        </Button>
      </span>
    </li>
  );
}

/** Secrets of MCP servers: names, who set them and when. What they hold is shown to nobody. */
export function SecretsPanel() {
  const query = useQuery(secretsQuery(useWorkspace()));
  const [open, setOpen] = useState<{ name: string | undefined }>();
  const [removing, setRemoving] = useState<string>();
  const add = <Button onClick={() => setOpen({ name: undefined })}>{t('Add a secret')}</Button>;
  return (
    <Panel
      title={t('Secrets of tools')}
      description={t('opened by gateways for permitted calls; never shown')}
      flush
      actions={add}
    >
      <QueryView query={query} what={t('The secrets could not be loaded.')}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('No secret yet')}>
              {t(
                'What an MCP server needs to sign in somewhere can be held here instead of in a file.',
              )}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((secret) => (
                <SecretRow
                  key={secret.name}
                  secret={secret}
                  onReplace={() => setOpen({ name: secret.name })}
                  onRemove={() => setRemoving(secret.name)}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {removing === undefined ? null : (
        <RemoveDialog name={removing} onClose={() => setRemoving(undefined)} />
      )}
      {open ? <SecretDialog name={open.name} onClose={() => setOpen(undefined)} /> : null}
    </Panel>
  );
}
