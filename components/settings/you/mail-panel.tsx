'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Segmented } from '@/components/ui/segmented';
import type { MessagePreferences, MessagePreferencesInput, MessageTry } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi, useSession, useWorkspace } from '@/lib/client/session';
import { TryResult } from '../try-result';
import { myMessagesQuery } from './queries';
import { t } from '@/lib/client/language';

const MODES = [
  {
    value: 'off',
    get label() {
      return t('None');
    },
  },
  {
    value: 'each',
    get label() {
      return t('Each at once');
    },
  },
  {
    value: 'digest',
    get label() {
      return t('Together');
    },
  },
] as const;
const DIGESTS = [
  {
    minutes: 5,
    get label() {
      return t('every {n} minutes', { n: 5 });
    },
  },
  {
    minutes: 15,
    get label() {
      return t('every {n} minutes', { n: 15 });
    },
  },
  {
    minutes: 30,
    get label() {
      return t('every {n} minutes', { n: 30 });
    },
  },
  {
    minutes: 60,
    get label() {
      return t('every hour');
    },
  },
  {
    minutes: 240,
    get label() {
      return t('every {n} hours', { n: 4 });
    },
  },
  {
    minutes: 1_440,
    get label() {
      return t('once a day');
    },
  },
] as const;

/** How often this workspace writes to whoever looks. */
export function MailPanel() {
  const query = useQuery(myMessagesQuery(useWorkspace()));
  return (
    <Panel
      title={t('E-mail')}
      description={t('about calls that wait, incidents and kill switches')}
    >
      <QueryView query={query} what={t('Your preferences could not be loaded.')}>
        {(preferences) => <Preferences preferences={preferences} />}
      </QueryView>
    </Panel>
  );
}

function Preferences({ preferences }: { preferences: MessagePreferences }) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = myMessagesQuery(useWorkspace());
  const save = useMutation({
    mutationFn: (input: MessagePreferencesInput) =>
      api.put<MessagePreferences>('/api/v1/me/messages', input),
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
  });
  const { mailServer } = preferences;
  const { mail, digestMinutes } = save.isPending ? save.variables : preferences;
  return (
    <div className="flex flex-col items-start gap-3">
      {mailServer ? null : (
        <InlineStatus tone="info">
          {t('No mail goes out: the operator of this installation has named no mail server.')}
        </InlineStatus>
      )}
      <Segmented
        label={t('Mail')}
        value={mail}
        options={MODES}
        onChange={(next) => save.mutate({ mail: next, digestMinutes })}
      />
      {mail === 'digest' ? (
        <Field label={t('How often')}>
          <Select
            value={digestMinutes}
            onChange={(event) => save.mutate({ mail, digestMinutes: Number(event.target.value) })}
          >
            {DIGESTS.map(({ minutes, label }) => (
              <option key={minutes} value={minutes}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {save.error ? (
        <InlineStatus tone="error">
          {t('Not saved.')} {describeError(save.error).detail}
        </InlineStatus>
      ) : null}
      {mailServer ? <TestMail /> : null}
    </div>
  );
}

function TestMail() {
  const api = useApi();
  const { person } = useSession();
  const trying = useMutation({
    mutationFn: () => api.post<MessageTry>('/api/v1/me/messages/test'),
  });
  return (
    <>
      <Button pending={trying.isPending} onClick={() => trying.mutate()}>
        {t('Send a test mail')}
      </Button>
      <p className="text-dense text-ink-2 wrap-anywhere">
        {t('It goes to {email}.', { email: person.email })}
      </p>
      <TryResult result={trying.data} error={trying.error} />
    </>
  );
}
