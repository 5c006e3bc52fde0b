'use client';

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Coffee } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RelativeTime, useNow } from '@/components/ui/relative-time';
import { apiOf } from '@/lib/client/api';
import { reviewingKeys } from '@/lib/client/query-keys';
import { useWorkspace } from '@/lib/client/session';
import type { ReviewingLoad } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';

/** Having said "not now" is respected for this long. */
const QUIET_MS = 10 * 60_000;

const loadOptions = (workspace: string, done: number) =>
  queryOptions({
    queryKey: reviewingKeys.load(workspace, done),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ReviewingLoad>('/api/v1/reviewing/load', { signal }),
    placeholderData: keepPreviousData,
  });

/** Proposes a pause when there were many verdicts or quick ones, and says when a limit holds. It blocks nothing itself. */
export function PauseBar({ done }: { done: number }) {
  const { data: load } = useQuery(loadOptions(useWorkspace(), done));
  const [quietUntil, setQuietUntil] = useState(0);
  const now = useNow();
  if (load === undefined) return null;
  const until = load.limit?.until ?? null;
  const limited = until !== null && Date.parse(until) > now;
  const pause = now < quietUntil ? null : load.pause;
  if (!limited && pause === null) return null;
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-sunken px-3 py-2 text-dense"
    >
      <Coffee aria-hidden size={16} className="shrink-0 text-ink-2" />
      <div className="min-w-0 flex-1 basis-48">
        {pause === null ? null : <p>{pauseText(pause, load)}</p>}
        {limited ? (
          <p>
            {rich(
              'You can approve calls of high or critical risk again {time}. You can still reject them.',
              { time: <RelativeTime at={until} className="font-medium" /> },
            )}
          </p>
        ) : null}
      </div>
      {pause === null ? null : (
        <Button size="sm" variant="quiet" onClick={() => setQuietUntil(Date.now() + QUIET_MS)}>
          {t('Not now')}
        </Button>
      )}
    </div>
  );
}

function pauseText(pause: 'many' | 'quick', load: ReviewingLoad): string {
  return pause === 'many'
    ? counted(
        load.verdicts,
        'You have decided {count} call in {minutes}. A short pause keeps the eye fresh.',
        'You have decided {count} calls in {minutes}. A short pause keeps the eye fresh.',
        { minutes: counted(load.minutes, '{count} minute', '{count} minutes') },
      )
    : t(
        'Your last ten verdicts had {seconds} seconds each to look. A short pause keeps the eye fresh.',
        {
          seconds: Math.round(load.medianSeconds ?? 0),
        },
      );
}
