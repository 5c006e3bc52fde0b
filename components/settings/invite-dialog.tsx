'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import type { personCreatedSchema, PersonRole } from '@/lib/contracts';
import type { z } from 'zod';
import { describeError } from '@/lib/client/api-error';
import { peopleKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { PERSON_ROLE_ORDER, ROLE_WORDS } from './roles';
import { RoleSelect } from './role-select';
import { SecretOnce } from './secret-once';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { t } from '@/lib/client/language';

type Created = z.infer<typeof personCreatedSchema>;

function useInvite() {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; name: string; role: PersonRole }) =>
      api.post<Created>('/api/v1/people', input),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleKeys.list(workspace) }),
  });
}

function Added({ person }: { person: Created }) {
  return (
    <div className="flex flex-col gap-3">
      <InlineStatus tone="done">
        {t('{name} is a {role} of this workspace.', {
          name: person.name,
          role: ROLE_NAMES[person.role],
        })}
      </InlineStatus>
      {person.oneTimePassword ? (
        <SecretOnce
          what={t('The one-time password of {email}', { email: person.email })}
          secret={person.oneTimePassword}
        />
      ) : (
        <p className="text-ink-2">
          {t('They sign in as they do already, or through the identity provider.')}
        </p>
      )}
    </div>
  );
}

function InviteForm({ invite }: { invite: ReturnType<typeof useInvite> }) {
  const [role, setRole] = useState<PersonRole>('reviewer');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    invite.mutate({ email: formText(fields, 'email'), name: formText(fields, 'name'), role });
  };
  return (
    <form id="invite" onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('Name')}>
        <Input name="name" required maxLength={120} autoComplete="off" />
      </Field>
      <Field label={t('E-mail')}>
        <Input name="email" type="email" required maxLength={200} autoComplete="off" />
      </Field>
      <Field
        label={t('Role')}
        help={t('A {role} {does}.', { role: ROLE_NAMES[role], does: ROLE_WORDS[role] })}
      >
        <RoleSelect roles={PERSON_ROLE_ORDER} value={role} onChange={setRole} />
      </Field>
      {invite.error ? (
        <InlineStatus tone="error">{describeError(invite.error).detail}</InlineStatus>
      ) : null}
    </form>
  );
}

/** Adds somebody by e-mail address. A new person gets a one-time password, shown here once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInvite();
  const footer = invite.data ? (
    <Button variant="primary" onClick={onClose}>
      {t('Close')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button type="submit" form="invite" variant="primary" pending={invite.isPending}>
        {t('Add this person')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Add a person')}
      footer={footer}
    >
      {invite.data ? <Added person={invite.data} /> : <InviteForm invite={invite} />}
    </Dialog>
  );
}
