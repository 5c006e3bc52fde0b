'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import type { MessagesOverview } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { useApi, useWorkspace } from '@/lib/client/session';
import { messagesQuery } from './queries';

/** Sends again what was given up. What came of it stands in the row, as with every other try. */
export function SendAgain({ id, receiver }: { id: string; receiver: string }) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = messagesQuery(useWorkspace());
  const sending = useMutation({
    mutationFn: () =>
      api.post<MessagesOverview>(`/api/v1/messages/deliveries/${encodeURIComponent(id)}/send`),
    onSuccess: (overview) => client.setQueryData(queryKey, overview),
    onError: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <>
      <Button
        size="sm"
        className="max-md:h-11"
        aria-label={t('Send again to {receiver}', { receiver })}
        pending={sending.isPending}
        onClick={() => sending.mutate()}
      >
        {t('Send again')}
      </Button>
      {sending.error === null ? null : (
        <InlineStatus tone="error" className="w-full">
          {describeError(sending.error).detail}
        </InlineStatus>
      )}
    </>
  );
}
