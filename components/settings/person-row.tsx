'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Person, PersonRole } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { peopleKeys } from '@/lib/client/query-keys';
import { useApi, useSession } from '@/lib/client/session';
import { RoleSelect } from './role-select';
import { PERSON_ROLE_ORDER } from './roles';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { rich, t, texts } from '@/lib/client/language';

function useChangePerson(id: string) {
  const api = useApi();
  const { workspace } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { role?: PersonRole; disabled?: boolean }) =>
      api.patch<Person>(`/api/v1/people/${id}`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleKeys.list(workspace.slug) }),
  });
}

/** Letting in is one press; shutting out, which ends every login of the person, is two. */
function Access({
  person,
  change,
}: {
  person: Person;
  change: ReturnType<typeof useChangePerson>;
}) {
  const [asked, setAsked] = useState(false);
  const pending = change.isPending && change.variables.disabled !== undefined;
  const set = (disabled: boolean) => {
    change.mutate({ disabled });
    setAsked(false);
  };
  if (person.disabledAt)
    return (
      <Button size="sm" pending={pending} onClick={() => set(false)}>
        {t('Let in again')}
      </Button>
    );
  if (!asked)
    return (
      <Button size="sm" variant="quiet" pending={pending} onClick={() => setAsked(true)}>
        {t('Shut out…')}
      </Button>
    );
  return (
    <>
      <Button size="sm" variant="danger" autoFocus onClick={() => set(true)}>
        {t('Shut out {name} everywhere', { name: person.name })}
      </Button>
      <Button size="sm" variant="quiet" onClick={() => setAsked(false)}>
        {t('Keep')}
      </Button>
    </>
  );
}

function Controls({
  person,
  change,
}: {
  person: Person;
  change: ReturnType<typeof useChangePerson>;
}) {
  const wanted = change.isPending ? change.variables.role : undefined;
  return (
    <>
      <Field label={t('Role of {name}', { name: person.name })} hideLabel className="w-32">
        <RoleSelect
          roles={PERSON_ROLE_ORDER}
          value={wanted ?? person.role}
          disabled={change.isPending}
          onChange={(role) => change.mutate({ role })}
        />
      </Field>
      <Access person={person} change={change} />
    </>
  );
}

const SIGN_IN_WORDS: Readonly<Record<Person['signIn'], string>> = texts({
  password: 'password',
  oidc: 'single sign-on',
  none: 'simulated, cannot sign in',
});

/** One person: role and access, changed where they are shown; pending until the server confirmed. */
export function PersonRow({ person, mayManage }: { person: Person; mayManage: boolean }) {
  const { person: me } = useSession();
  const change = useChangePerson(person.id);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-2 font-medium">
          {person.name}
          {person.id === me.id ? <Badge>{t('this is you')}</Badge> : null}
          {person.disabledAt ? <Badge tone="severity-3">{t('shut out')}</Badge> : null}
        </p>
        <p className="text-dense text-ink-2 wrap-anywhere">
          {rich('{email}, {way}, added {time}', {
            email: person.email,
            way: SIGN_IN_WORDS[person.signIn],
            time: <RelativeTime at={person.createdAt} />,
          })}
        </p>
      </div>
      {mayManage && person.id !== me.id ? (
        <Controls person={person} change={change} />
      ) : (
        <span className="text-dense">{ROLE_NAMES[person.role]}</span>
      )}
      {change.error ? (
        <InlineStatus tone="error" className="w-full">
          {describeError(change.error).detail}
        </InlineStatus>
      ) : null}
    </li>
  );
}
