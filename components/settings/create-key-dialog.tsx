'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { Refusal } from '@/components/ui/refusal';
import type { apiKeyCreatedSchema, KeyRole } from '@/lib/contracts';
import type { z } from 'zod';
import { apiKeyKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { KEY_ROLE_ORDER, ROLE_WORDS } from './roles';
import { RoleSelect } from './role-select';
import { SecretOnce } from './secret-once';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { t } from '@/lib/client/language';

const DAY_MS = 86_400_000;
const LIVES = [
  {
    days: 30,
    get label() {
      return t('{n} days', { n: 30 });
    },
  },
  {
    days: 90,
    get label() {
      return t('{n} days', { n: 90 });
    },
  },
  {
    days: 365,
    get label() {
      return t('1 year');
    },
  },
  {
    days: 0,
    get label() {
      return t('until it is revoked');
    },
  },
] as const;

function useCreateKey() {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; role: KeyRole; days: number }) =>
      api.post<z.infer<typeof apiKeyCreatedSchema>>('/api/v1/api-keys', {
        name: input.name,
        role: input.role,
        expiresAt:
          input.days > 0 ? new Date(Date.now() + input.days * DAY_MS).toISOString() : undefined,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeyKeys.list(workspace) }),
  });
}

function KeyForm({ create }: { create: ReturnType<typeof useCreateKey> }) {
  const [role, setRole] = useState<KeyRole>('viewer');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    create.mutate({ name: formText(fields, 'name'), role, days: Number(fields.get('days')) });
  };
  return (
    <form id="create-key" onSubmit={submit} className="flex flex-col gap-3">
      <Field
        label={t('Name')}
        help={t('What will use it, so that it can be revoked without doubt.')}
      >
        <Input name="name" required maxLength={120} autoComplete="off" placeholder="ci-pipeline" />
      </Field>
      <Field
        label={t('Role')}
        help={t('{role}: {does}.', { role: ROLE_NAMES[role], does: ROLE_WORDS[role] })}
      >
        <RoleSelect roles={KEY_ROLE_ORDER} value={role} onChange={setRole} />
      </Field>
      <Field label={t('Works for')}>
        <Select name="days" defaultValue={90}>
          {LIVES.map(({ days, label }) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Refusal error={create.error} />
    </form>
  );
}

/** Makes an API key and shows it once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateKey();
  const footer = create.data ? (
    <Button variant="primary" onClick={onClose}>
      {t('I have copied it')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button type="submit" form="create-key" variant="primary" pending={create.isPending}>
        {t('Make the key')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Make an API key')}
      footer={footer}
    >
      {create.data ? (
        <SecretOnce
          what={t('The key {name}', { name: create.data.name })}
          secret={create.data.key}
        />
      ) : (
        <KeyForm create={create} />
      )}
    </Dialog>
  );
}
