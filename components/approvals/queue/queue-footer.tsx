import { ArrowDownUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { counted, t, texts } from '@/lib/client/language';
import type { QueueSort } from '@/lib/contracts';
import { shownCounts } from '../queue-rows';
import type { useQueue } from '../use-queue';
import type { ViewParams } from '../view-params';

const ORDER_WORDS: Readonly<Record<QueueSort, string>> = texts({
  urgency: 'by risk and time left',
  oldest: 'oldest first',
  newest: 'newest first',
});
/** The tab of what was closed goes by when it closed. */
const CLOSED_WORDS: Readonly<Record<QueueSort, string>> = texts({
  urgency: 'by risk and time left',
  oldest: 'first closed first',
  newest: 'last closed first',
});

/**
 * What the rows stand for and how they are ordered. Rows never move by themselves: when new ones stand at the end, it says so, and one
 * press puts them in their places.
 */
export function QueueFooter({
  queue,
  view,
}: {
  queue: Pick<ReturnType<typeof useQueue>, 'rows' | 'places' | 'query' | 'orderAnew'>;
  view: ViewParams;
}) {
  const { rows, places, query, orderAnew } = queue;
  const { late, ...counts } = shownCounts(rows, places);
  const order =
    view.tab === 'closed'
      ? CLOSED_WORDS[view.sort ?? 'newest']
      : ORDER_WORDS[view.sort ?? 'urgency'];
  return (
    <div className="flex min-h-[25px] shrink-0 flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-xs text-ink-2">
      <p className="min-w-0 flex-1 basis-48">
        {[
          view.tab === 'closed'
            ? counted(rows.length, '{count} call shown', '{count} calls shown')
            : waitingWords(counts),
          ...(query.hasNextPage ? [t('more below')] : []),
          order,
          ...(late === 0 ? [] : [t('{count} new at the end', { count: late })]),
        ].join(', ')}
      </p>
      {late === 0 ? null : (
        <Button
          size="sm"
          variant="quiet"
          className="max-md:h-11"
          icon={<ArrowDownUp aria-hidden size={14} />}
          onClick={orderAnew}
        >
          {t('Sort again')}
        </Button>
      )}
    </div>
  );
}

/** How many wait, in how many rows where like ones share one, and how many rows are there that wait no longer. */
function waitingWords({
  calls,
  rows,
  closed,
}: Omit<ReturnType<typeof shownCounts>, 'late'>): string {
  const waiting =
    calls === rows
      ? counted(calls, '{count} call shown', '{count} calls shown')
      : counted(rows, '{calls} calls shown in {count} row', '{calls} calls shown in {count} rows', {
          calls,
        });
  return closed === 0 ? waiting : `${waiting}, ${t('{count} just closed', { count: closed })}`;
}
