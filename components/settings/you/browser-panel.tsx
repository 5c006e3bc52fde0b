'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import type { MessagePreferences, MessageTry } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { endNotices, noticesOn, onNoticesChange } from '@/lib/client/notices';
import { useApi, useWorkspace } from '@/lib/client/session';
import { TryResult } from '../try-result';
import { myMessagesQuery } from './queries';
import { takePushes, type Reach } from './take-pushes';
import { rich, t, texts } from '@/lib/client/language';

const REACH_WORDS: Readonly<Record<Reach, string>> = texts({
  always: 'This browser tells you, also while the console is closed.',
  open: 'This browser tells you while the console is open. It takes no pushes.',
});

/** Notifications of the system: in this browser while the console is open, and pushed where browsers take them. */
export function BrowserPanel() {
  const query = useQuery(myMessagesQuery(useWorkspace()));
  return (
    <Panel
      title={t('Notifications')}
      description={t('when a call begins to wait and you look elsewhere')}
    >
      <QueryView query={query} what={t('Your preferences could not be loaded.')}>
        {(preferences) => (
          <div className="flex flex-col items-start gap-3">
            <ThisBrowser pushKey={preferences.pushKey} />
            <Browsers browsers={preferences.browsers} />
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function ThisBrowser({ pushKey }: Pick<MessagePreferences, 'pushKey'>) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  const isOn = useSyncExternalStore(
    onNoticesChange,
    () => noticesOn(workspace),
    () => false,
  );
  const begin = useMutation({
    networkMode: 'always',
    mutationFn: () => takePushes(workspace, pushKey),
    onSettled: () => client.invalidateQueries({ queryKey: myMessagesQuery(workspace).queryKey }),
  });
  const end = () => {
    void endNotices(workspace).catch(() => undefined);
    begin.reset();
  };
  return (
    <>
      {isOn ? (
        <Button onClick={end}>{t('Stop in this browser')}</Button>
      ) : (
        <Button pending={begin.isPending} onClick={() => begin.mutate()}>
          {t('Notify me in this browser')}
        </Button>
      )}
      {begin.error ? (
        <InlineStatus tone="error">{describeError(begin.error).detail}</InlineStatus>
      ) : null}
      {begin.data ? <InlineStatus tone="done">{REACH_WORDS[begin.data]}</InlineStatus> : null}
    </>
  );
}

function Browsers({ browsers }: Pick<MessagePreferences, 'browsers'>) {
  if (browsers.length === 0)
    return <p className="text-dense text-ink-2">{t('No browser of yours gets pushes.')}</p>;
  return (
    <ul
      aria-label={t('Browsers that get pushes')}
      className="flex w-full flex-col divide-y divide-line"
    >
      {browsers.map((browser) => (
        <Browser key={browser.id} browser={browser} />
      ))}
    </ul>
  );
}

function Browser({ browser }: { browser: MessagePreferences['browsers'][number] }) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = myMessagesQuery(useWorkspace());
  const path = `/api/v1/me/browsers/${browser.id}`;
  const trying = useMutation({ mutationFn: () => api.post<MessageTry>(`${path}/test`) });
  const remove = useMutation({
    mutationFn: () => api.delete<MessagePreferences>(path),
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-dense">
      <span className="font-medium">{browser.label}</span>
      <span className="text-ink-2">
        {rich('since {time}', { time: <RelativeTime at={browser.createdAt} focusable /> })}
      </span>
      <span className="ml-auto flex gap-1">
        <Button size="sm" pending={trying.isPending} onClick={() => trying.mutate()}>
          {t('Send a test')}
        </Button>
        <Button
          size="sm"
          variant="quiet"
          pending={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('Remove')}
        </Button>
      </span>
      <div className="w-full">
        <TryResult result={trying.data} error={trying.error ?? remove.error} />
      </div>
    </li>
  );
}
