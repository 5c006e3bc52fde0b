'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { apiOf } from '@/lib/client/api';
import { describeError } from '@/lib/client/api-error';
import { featureKey, reviewingKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import type { Feedback, FeedbackInput, FeedbackList } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { EffectLine } from './effect-line';
import { FeedbackForm } from './feedback-form';
import { saidWord } from './feedback-words';

const pathOf = (decisionId: string) =>
  `/api/v1/decisions/${encodeURIComponent(decisionId)}/feedback`;

const feedbackOptions = (workspace: string, decisionId: string) =>
  queryOptions({
    queryKey: reviewingKeys.feedback(workspace, decisionId),
    queryFn: ({ signal }) => apiOf(workspace).get<FeedbackList>(pathOf(decisionId), { signal }),
  });

/** What people said of an action after it could run, and the way to say something. */
export function FeedbackSection({ decisionId }: { decisionId: string }) {
  const query = useQuery(feedbackOptions(useWorkspace(), decisionId));
  return (
    <QueryView query={query} what={t('What was said of this action could not be loaded.')}>
      {(list) => <Said decisionId={decisionId} list={list} />}
    </QueryView>
  );
}

function Said({ decisionId, list }: { decisionId: string; list: FeedbackList }) {
  const [asking, setAsking] = useState(false);
  const giving = useGiving(decisionId, () => setAsking(false));
  return (
    <div className="flex flex-col gap-3">
      {list.items.length === 0 ? (
        <p className="text-dense text-ink-2">
          {t('No person has said how this went. Silence counts neither for nor against the agent.')}
        </p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {list.items.map((item) => (
            <SaidLine key={item.id} item={item} />
          ))}
        </ul>
      )}
      {giving.error ? (
        <InlineStatus tone="error">
          {t('Nothing was recorded.')} {describeError(giving.error).detail}
        </InlineStatus>
      ) : null}
      {!list.mayGive.allowed ? (
        <p className="text-dense text-ink-2">{list.mayGive.why}</p>
      ) : asking ? (
        <FeedbackForm
          reasonForRight
          action={t('Record how it went')}
          pending={giving.isPending}
          onSend={(verdict, reason) => giving.mutate({ verdict, reason })}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button className="self-start max-md:h-11" onClick={() => setAsking(true)}>
          {t('Say how it went…')}
        </Button>
      )}
    </div>
  );
}

function useGiving(decisionId: string, onDone: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: FeedbackInput) => api.post<Feedback>(pathOf(decisionId), input),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'reviewing') }),
  });
}

function SaidLine({ item }: { item: Feedback }) {
  return (
    <li className="border-l-2 border-line-strong pl-3">
      <p className="text-dense">
        <strong className="font-semibold">{saidWord(item.verdict)}</strong>{' '}
        <span className="text-ink-2">
          <UntrustedText text={item.name} />, <RelativeTime at={item.at} />
        </span>
      </p>
      {item.reason === null ? null : (
        <p>
          <UntrustedText text={item.reason} />
        </p>
      )}
      <EffectLine effect={item.effect} />
    </li>
  );
}
