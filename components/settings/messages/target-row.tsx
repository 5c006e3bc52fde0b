'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import type { MessageTarget, MessageTry, TargetWithSecret } from '@/lib/contracts';
import { useApi, useWorkspace } from '@/lib/client/session';
import { SecretOnce } from '../secret-once';
import { TryResult } from '../try-result';
import { KIND_WORDS } from './event-words';
import { messagesQuery } from './queries';
import { rich, t } from '@/lib/client/language';

type Verb = 'rotate' | 'resume' | 'remove';

interface VerbWords {
  readonly button: string;
  readonly title: string;
  readonly description: string;
  readonly unchanged: string;
}

const VERBS: Readonly<Record<Verb, VerbWords>> = {
  rotate: {
    get button() {
      return t('New secret…');
    },
    get title() {
      return t('Make a new secret');
    },
    get description() {
      return t('For 24 hours messages are signed with the old one as well.');
    },
    get unchanged() {
      return t('The secret is the one it was.');
    },
  },
  resume: {
    get button() {
      return t('Switch on…');
    },
    get title() {
      return t('Switch the target on again');
    },
    get description() {
      return t('It is told what happens from then on, and not what happened meanwhile.');
    },
    get unchanged() {
      return t('The target is still switched off.');
    },
  },
  remove: {
    get button() {
      return t('Remove…');
    },
    get title() {
      return t('Remove the target');
    },
    get description() {
      return t('What waits to be sent to it is not sent.');
    },
    get unchanged() {
      return t('The target is still there.');
    },
  },
};

/** What can be done with a target. */
const verbsOf = ({ kind, disabledAt }: MessageTarget): readonly Verb[] => [
  ...(disabledAt === null ? [] : (['resume'] as const)),
  ...(kind === 'webhook' ? (['rotate'] as const) : []),
  'remove',
];

/** One target: how it fares, a test, and what can be done with it. */
export function TargetRow({ target }: { target: MessageTarget }) {
  const api = useApi();
  const [asked, setAsked] = useState<Verb>();
  const [secret, setSecret] = useState<string>();
  const trying = useMutation({
    mutationFn: () => api.post<MessageTry>(`/api/v1/messages/targets/${target.id}/test`),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2 text-dense">
      <span className="min-w-32 font-medium wrap-anywhere">{target.name}</span>
      <span className="text-ink-2">
        {KIND_WORDS[target.kind].name}, <code>{target.host}</code>
      </span>
      <Health target={target} />
      <span className="ml-auto flex flex-wrap gap-1">
        <Button size="sm" pending={trying.isPending} onClick={() => trying.mutate()}>
          {t('Send a test message')}
        </Button>
        {verbsOf(target).map((verb) => (
          <Button key={verb} size="sm" variant="quiet" onClick={() => setAsked(verb)}>
            {VERBS[verb].button}
          </Button>
        ))}
      </span>
      {secret ? (
        <div className="w-full">
          <SecretOnce what={t('The new secret of {name}', { name: target.name })} secret={secret} />
        </div>
      ) : null}
      <div className="w-full">
        <TryResult result={trying.data} error={trying.error} />
      </div>
      {asked ? (
        <Ask
          target={target}
          verb={asked}
          onSecret={setSecret}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </li>
  );
}

function Health({ target }: { target: MessageTarget }) {
  const { sent, waiting, givenUp, disabledAt, previousSecretUntil } = target;
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-ink-2">
      <span>
        {t('{sent} arrived, {waiting} waiting, {givenUp} given up', { sent, waiting, givenUp })}
      </span>
      {disabledAt === null ? null : (
        <Badge tone="severity-2">
          {rich('off: its address is gone since {time}', {
            time: <RelativeTime at={disabledAt} />,
          })}
        </Badge>
      )}
      {previousSecretUntil === null ? null : (
        <span>
          {rich('old secret counts until {time}', {
            time: <RelativeTime at={previousSecretUntil} />,
          })}
        </span>
      )}
    </span>
  );
}

function Ask({
  target,
  verb,
  onSecret,
  onClose,
}: {
  target: MessageTarget;
  verb: Verb;
  onSecret: (secret: string | undefined) => void;
  onClose: () => void;
}) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = messagesQuery(useWorkspace());
  const { title, description, unchanged } = VERBS[verb];
  const sending = useMutation({
    mutationFn: (reason: string) =>
      api.post<TargetWithSecret | undefined>(`/api/v1/messages/targets/${target.id}/${verb}`, {
        reason,
      }),
    onSuccess: async (answer) => {
      onSecret(answer?.secret);
      await client.invalidateQueries({ queryKey });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={`${title}: ${target.name}`}
      description={description}
      action={title}
      missing={t('Say why, for whoever reads the ledger.')}
      unchanged={unchanged}
      sending={sending}
      onClose={onClose}
    />
  );
}
