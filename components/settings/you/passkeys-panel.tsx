'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { Refusal } from '@/components/ui/refusal';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import type { Passkey } from '@/lib/contracts';
import { useApi, useWorkspace } from '@/lib/client/session';
import { makePasskey } from './make-passkey';
import { passkeysQuery } from './queries';
import { rich, t } from '@/lib/client/language';

/** The passkeys of whoever looks. */
export function PasskeysPanel() {
  const query = useQuery(passkeysQuery(useWorkspace()));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey>();
  const add = (
    <Button icon={<KeyRound aria-hidden size={14} />} onClick={() => setAdding(true)}>
      {t('Add a passkey')}
    </Button>
  );
  return (
    <Panel
      title={t('Passkeys')}
      description={t('confirm that it is you who approves a call of critical risk')}
      flush
      actions={add}
    >
      <QueryView query={query} what={t('Your passkeys could not be loaded.')}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('No passkey yet')}>
              {t(
                'With one, calls of critical risk are approved in your name with your device alone, and not with API keys you made.',
              )}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((passkey) => (
                <PasskeyRow
                  key={passkey.id}
                  passkey={passkey}
                  onRemove={() => setRemoving(passkey)}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {adding ? <AddPasskey onClose={() => setAdding(false)} /> : null}
      {removing ? (
        <RemovePasskey passkey={removing} onClose={() => setRemoving(undefined)} />
      ) : null}
    </Panel>
  );
}

function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { name, synced, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-dense">
      <span className="min-w-40 font-medium wrap-anywhere">{name}</span>
      <span className="text-ink-2">{synced ? t('on several devices') : t('on one device')}</span>
      <span className="text-ink-2">
        {rich('added {time}', { time: <RelativeTime at={createdAt} focusable /> })}
      </span>
      <span className="text-ink-2">
        {lastUsedAt === null
          ? t('never used')
          : rich('used {time}', { time: <RelativeTime at={lastUsedAt} focusable /> })}
      </span>
      <Button
        size="sm"
        variant="quiet"
        className="ml-auto"
        aria-label={t('Remove the passkey {name}', { name })}
        onClick={onRemove}
      >
        {t('Remove…')}
      </Button>
    </li>
  );
}

function useRefresh() {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: passkeysQuery(workspace).queryKey });
}

function AddPasskey({ onClose }: { onClose: () => void }) {
  const workspace = useWorkspace();
  const refresh = useRefresh();
  const make = useMutation({
    networkMode: 'always',
    mutationFn: (name: string) => makePasskey(workspace, name),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(formText(new FormData(event.currentTarget), 'name'));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Add a passkey')}
      description={t(
        'Your browser asks for the device: a fingerprint, a face, a PIN or a security key.',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="add-passkey" variant="primary" pending={make.isPending}>
            {t('Add the passkey')}
          </Button>
        </>
      }
    >
      <form id="add-passkey" onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t('Name')} help={t('So that you know later which device it is on.')}>
          <Input
            name="name"
            required
            maxLength={60}
            autoComplete="off"
            placeholder={t('Work laptop')}
          />
        </Field>
        <Refusal error={make.error} />
      </form>
    </Dialog>
  );
}

function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const api = useApi();
  const refresh = useRefresh();
  const removing = useMutation({
    mutationFn: (reason: string) =>
      api.post<undefined>(`/api/v1/me/passkeys/${passkey.id}/remove`, { reason }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('Remove the passkey {name}', { name: passkey.name })}
      description={t(
        'It confirms nothing any more. It stays on the device until it is deleted there.',
      )}
      action={t('Remove the passkey')}
      missing={t('Say why, for whoever reads the ledger.')}
      unchanged={t('The passkey is still there.')}
      sending={removing}
      onClose={onClose}
    />
  );
}
