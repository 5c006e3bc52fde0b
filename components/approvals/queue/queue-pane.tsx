'use client';

import { ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { InlineStatus } from '@/components/ui/inline-status';
import { latePart } from '@/components/ui/late-part';
import { Failed, NoPermission, Skeleton } from '@/components/ui/states';
import { ApiError, describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { GrantsStrip } from '../grants/grants-strip';
import type { useQueue } from '../use-queue';
import { QueueFooter } from './queue-footer';
import { QueueHeader, type QueueHeaderProps } from './queue-header';
import { QueueList } from './queue-list';
import { ROW_HEIGHT } from './queue-row';

// Most of the time something is listed.
const [QueueNothing] = latePart(async () => (await import('./queue-nothing')).QueueNothing, {
  loading: null,
  get what() {
    return t('Nothing is listed here, and why could not be shown.');
  },
});

export interface QueuePaneProps extends Omit<QueueHeaderProps, 'counts' | 'agentName'> {
  queue: ReturnType<typeof useQueue>;
  cursorId: string | null;
  sendingIds: ReadonlySet<string>;
  listRef: RefObject<HTMLDivElement | null>;
  onOpen: (id: string) => void;
  onPointerInside: (inside: boolean) => void;
}

/** The left side: what waits, or what was closed, in one of its six states. */
export function QueuePane(props: QueuePaneProps) {
  const { queue, view } = props;
  const agentName =
    queue.rows.find((row) => row.approval.agent.id === view.agent)?.approval.agent.name ?? null;
  return (
    <section aria-label={t('Queue')} className="flex min-h-0 flex-1 flex-col bg-surface">
      <QueueHeader {...props} counts={queue.counts} agentName={agentName} />
      <GrantsStrip workspace={props.workspace} />
      <RefreshFailure queue={queue} />
      {queue.heldBack > 0 ? (
        <div className="border-b border-line p-2">
          <Button
            size="sm"
            className="w-full"
            icon={<ArrowUp aria-hidden size={14} />}
            onClick={queue.orderAnew}
          >
            {t('Show {count} newly closed', { count: queue.heldBack })}
          </Button>
        </div>
      ) : null}
      <Body {...props} agentName={agentName} />
    </section>
  );
}

function Body(props: QueuePaneProps & { agentName: string | null }) {
  const { queue, view, workspace } = props;
  const { query, rows } = queue;
  if (query.isError && query.data === undefined) {
    return <ListFailure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <QueueSkeleton />;
  if (rows.length === 0 && !query.isPlaceholderData) {
    return (
      <QueueNothing
        view={view}
        workspace={workspace}
        agentName={props.agentName}
        onChange={props.onChange}
      />
    );
  }
  return (
    <div
      aria-busy={query.isPlaceholderData}
      className={cx('flex min-h-0 flex-1 flex-col', query.isPlaceholderData && 'opacity-60')}
    >
      <QueueList
        label={view.tab === 'closed' ? t('Closed calls') : t('Calls that wait for a person')}
        rows={rows}
        places={queue.places}
        onGroup={queue.toggleGroup}
        cursorId={props.cursorId}
        sendingIds={props.sendingIds}
        onOpen={props.onOpen}
        onSeen={queue.seen}
        onPointerInside={props.onPointerInside}
        onEnd={() => {
          if (query.hasNextPage && !query.isFetching && !query.isFetchNextPageError)
            void query.fetchNextPage();
        }}
        listRef={props.listRef}
      />
      <QueueFooter queue={queue} view={view} />
    </div>
  );
}

function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { detail, requestId } = describeError(error);
  if (error instanceof ApiError && error.forbidden) {
    return <NoPermission what={t('You may not see the queue')} who={detail} />;
  }
  return (
    <Failed
      what={t('The queue could not be loaded.')}
      detail={detail}
      requestId={requestId}
      onRetry={onRetry}
    />
  );
}

/** The list is on screen, but could not be read again. */
function RefreshFailure({ queue }: { queue: QueuePaneProps['queue'] }) {
  const { query } = queue;
  if (!query.isError || query.data === undefined) return null;
  const { detail, requestId } = describeError(query.error);
  return (
    <InlineStatus
      tone="warning"
      className="m-2"
      action={
        <Button size="sm" variant="quiet" onClick={() => void query.refetch()}>
          {t('Try again')}
        </Button>
      }
    >
      {t('The queue may be out of date.')} {detail}
      {requestId ? ` (${t('Request {id}', { id: requestId })})` : ''}
    </InlineStatus>
  );
}

function QueueSkeleton() {
  return (
    <div
      role="status"
      aria-label={t('Loading the queue')}
      className="min-h-0 flex-1 overflow-hidden"
    >
      {Array.from({ length: 10 }, (_, index) => (
        <div
          key={index}
          style={{ height: ROW_HEIGHT }}
          className="flex flex-col justify-center gap-2 border-b border-line px-4"
        >
          <span className="flex items-center gap-2">
            <Skeleton className="h-4 w-16" />
            <Skeleton className="size-5" />
            <Skeleton className="h-3 w-28" />
            <Skeleton className="ml-auto h-3 w-10" />
          </span>
          <Skeleton className="h-3 w-11/12" />
          <Skeleton className="h-3 w-3/5" />
        </div>
      ))}
    </div>
  );
}
