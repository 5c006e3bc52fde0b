'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Checkbox, Field, Input, Select } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import type { MessageTargetInput, TargetKind, TargetWithSecret } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi, useWorkspace } from '@/lib/client/session';
import { SecretOnce } from '../secret-once';
import { EVENT_WORDS, KIND_WORDS } from './event-words';
import { messagesQuery } from './queries';
import { t } from '@/lib/client/language';

const EVENTS = Object.keys(EVENT_WORDS) as (keyof typeof EVENT_WORDS)[];
const KINDS = Object.keys(KIND_WORDS) as TargetKind[];

function useAddTarget() {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = messagesQuery(useWorkspace());
  return useMutation({
    mutationFn: (input: MessageTargetInput) =>
      api.post<TargetWithSecret>('/api/v1/messages/targets', input),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
}

/** Adds a target; a webhook's secret is shown once, here. */
export function AddTargetDialog({ onClose }: { onClose: () => void }) {
  const add = useAddTarget();
  const footer = add.data ? (
    <Button variant="primary" onClick={onClose}>
      {add.data.secret === undefined ? t('Done') : t('I have copied it')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button type="submit" form="add-target" variant="primary" pending={add.isPending}>
        {t('Add the target')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Add a target')}
      description={t('It is told what happens here, with a link. It can decide nothing.')}
      footer={footer}
    >
      {add.data ? <Added target={add.data} /> : <TargetForm add={add} />}
    </Dialog>
  );
}

function Added({ target }: { target: TargetWithSecret }) {
  return target.secret === undefined ? (
    <InlineStatus tone="done">
      {t('{name} is told from now on.', { name: target.name })}
    </InlineStatus>
  ) : (
    <SecretOnce what={t('The secret of {name}', { name: target.name })} secret={target.secret} />
  );
}

function TargetForm({ add }: { add: ReturnType<typeof useAddTarget> }) {
  const [kind, setKind] = useState<TargetKind>('webhook');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    add.mutate({
      kind,
      name: formText(fields, 'name'),
      url: formText(fields, 'url'),
      events: EVENTS.filter((name) => fields.has(name)),
      reason: formText(fields, 'reason'),
    });
  };
  return (
    <form id="add-target" onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('Kind')} help={KIND_WORDS[kind].help}>
        <Select
          value={kind}
          onChange={({ target }) =>
            setKind(KINDS.find((known) => known === target.value) ?? 'webhook')
          }
        >
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {KIND_WORDS[name].name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('Name')}>
        <Input name="name" required maxLength={120} autoComplete="off" />
      </Field>
      <Field label={t('Address')} help={t('Kept sealed; only its host is shown later.')}>
        <Input name="url" type="url" required maxLength={1_000} autoComplete="off" />
      </Field>
      <Events />
      <Field label={t('Reason')} help={t('Stands in the ledger.')}>
        <Input name="reason" required maxLength={2_000} autoComplete="off" />
      </Field>
      {add.error ? (
        <InlineStatus tone="error">{describeError(add.error).detail}</InlineStatus>
      ) : null}
    </form>
  );
}

/** What a target can be told of; that approvals were closed is the only one most do not want. */
function Events() {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1 text-dense font-medium">{t('Told when')}</legend>
      {EVENTS.map((name) => (
        <Checkbox
          key={name}
          name={name}
          label={EVENT_WORDS[name]}
          defaultChecked={name !== 'approval.closed'}
        />
      ))}
    </fieldset>
  );
}
