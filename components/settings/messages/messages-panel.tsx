'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { MessageDelivery, MessagesOverview } from '@/lib/contracts';
import { useApi, useWorkspace } from '@/lib/client/session';
import { AddTargetDialog } from './add-target-dialog';
import { EVENT_WORDS, STATE_WORDS } from './event-words';
import { messagesQuery } from './queries';
import { SendAgain } from './send-again';
import { TargetRow } from './target-row';
import { t, texts } from '@/lib/client/language';

/** Who outside is told what happens, and what did not arrive. */
export function MessagesPanel() {
  const query = useQuery(messagesQuery(useWorkspace()));
  const [adding, setAdding] = useState(false);
  const add = (
    <Button icon={<BellRing aria-hidden size={14} />} onClick={() => setAdding(true)}>
      {t('Add a target')}
    </Button>
  );
  return (
    <QueryView query={query} what={t('The targets could not be loaded.')}>
      {(overview) => (
        <div className="flex flex-col gap-4">
          <Panel
            title={t('Targets')}
            description={t('are told what happens here, with a link; they decide nothing')}
            flush
            actions={add}
          >
            {overview.targets.length === 0 ? (
              <Empty title={t('No target yet')}>
                {t('A program or a chat channel can be told when a call waits.')}
              </Empty>
            ) : (
              <ul aria-label={t('Targets')} className="divide-y divide-line">
                {overview.targets.map((target) => (
                  <TargetRow key={target.id} target={target} />
                ))}
              </ul>
            )}
          </Panel>
          <WhatGoesOut overview={overview} />
          <Troubled troubled={overview.troubled} />
          {adding ? <AddTargetDialog onClose={() => setAdding(false)} /> : null}
        </div>
      )}
    </QueryView>
  );
}

const GOES_OUT = {
  without: {
    get is() {
      return t(
        'Messages say which agent asks for which tool, the risk and the time left. Arguments and resources stay here.',
      );
    },
    get change() {
      return t('Let arguments out');
    },
    get follows() {
      return t('From then on messages carry arguments and resources, without the secrets in them.');
    },
  },
  with: {
    get is() {
      return t('Messages carry arguments and resources, without the secrets in them.');
    },
    get change() {
      return t('Keep arguments here');
    },
    get follows() {
      return t('From then on messages carry no arguments and no resources.');
    },
  },
} as const;

function WhatGoesOut({ overview }: { overview: MessagesOverview }) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = messagesQuery(useWorkspace());
  const [changing, setChanging] = useState(false);
  const words = GOES_OUT[overview.withArguments ? 'with' : 'without'];
  const sending = useMutation({
    mutationFn: (reason: string) =>
      api.put<MessagesOverview>('/api/v1/messages', {
        withArguments: !overview.withArguments,
        reason,
      }),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved);
      setChanging(false);
    },
  });
  return (
    <Panel title={t('What messages say')}>
      <p className="max-w-[64ch] text-ink-2">{words.is}</p>
      <p className="mt-1 max-w-[64ch] text-dense text-ink-2">
        {overview.mailServer
          ? t('Mail goes out by the server the operator named.')
          : t('No mail goes out: the operator has named no mail server (BELAY_SMTP_URL).')}
      </p>
      <Button className="mt-3" onClick={() => setChanging(true)}>
        {t('{what}…', { what: words.change })}
      </Button>
      {changing ? (
        <ReasonDialog
          title={words.change}
          description={words.follows}
          action={words.change}
          missing={t('Say why, for whoever reads the ledger.')}
          unchanged={t('Nothing has changed.')}
          sending={sending}
          onClose={() => setChanging(false)}
        />
      ) : null}
    </Panel>
  );
}

const CHANNEL_WORDS = texts({
  webhook: 'webhook',
  slack: 'chat channel',
  mail: 'mail',
  push: 'push',
});

const eventText = (event: string): string =>
  Object.entries(EVENT_WORDS).find(([name]) => name === event)?.[1] ?? event;

function Troubled({ troubled }: { troubled: readonly MessageDelivery[] }) {
  return (
    <Panel title={t('Not delivered at the first try')} flush>
      {troubled.length === 0 ? (
        <p className="px-4 py-3 text-dense text-ink-2">
          {t('Everything arrived at the first try.')}
        </p>
      ) : (
        <ul aria-label={t('Deliveries in trouble')} className="divide-y divide-line">
          {troubled.map((delivery) => (
            <TroubledRow key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function TroubledRow({ delivery }: { delivery: MessageDelivery }) {
  const { event, channel, receiver, state, attempts, dueAt, lastAt, lastStatus, lastAnswer } =
    delivery;
  return (
    <li className="flex flex-wrap gap-x-3 gap-y-0.5 px-4 py-2 text-dense">
      <span className="font-medium">{eventText(event)}</span>
      <span className="text-ink-2">
        {t('{channel} to {receiver}', { channel: CHANNEL_WORDS[channel], receiver })}
      </span>
      <span className="text-ink-2">{STATE_WORDS[state]}</span>
      {state === 'due' ? <RelativeTime at={dueAt} className="text-ink-2" /> : null}
      <span className="text-ink-2">{t('Tries: {count}', { count: attempts })}</span>
      {state === 'given_up' ? <SendAgain id={delivery.id} receiver={receiver} /> : null}
      {lastAt === null ? null : (
        <span className="w-full text-ink-2">
          <RelativeTime at={lastAt} focusable />
          {lastStatus === null ? null : (
            <> {t('status {status}', { status: String(lastStatus) })}</>
          )}
          : <UntrustedText text={lastAnswer ?? t('no answer')} />
        </span>
      )}
    </li>
  );
}
