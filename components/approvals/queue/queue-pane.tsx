'use client';

import { ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { WaitingElsewhere } from '@/components/shell/waiting-elsewhere';
import { Button, buttonClass } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { InlineStatus } from '@/components/ui/inline-status';
import { Link } from '@/components/ui/link';
import { Empty, Failed, NoMatch, NoPermission, Skeleton } from '@/components/ui/states';
import { ApiError, describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { RISK_NAMES } from '@/components/ui/risk-words';
import { GrantsStrip } from '../grants/grants-strip';
import type { useQueue } from '../use-queue';
import { NOT_NARROWED, type ViewParams, isFiltered } from '../view-params';
import { QueueFooter } from './queue-footer';
import { QueueHeader, type QueueHeaderProps } from './queue-header';
import { QueueList } from './queue-list';
import { ROW_HEIGHT } from './queue-row';

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
    return isFiltered(view) ? (
      <NoMatch
        filters={filterWords(view, props.agentName)}
        onClear={() => props.onChange(NOT_NARROWED)}
      />
    ) : (
      <NothingHere tab={view.tab} workspace={workspace} />
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

const EMPTY: Readonly<Record<ViewParams['tab'], { title: string; text: string }>> = {
  mine: {
    get title() {
      return t('Nothing is yours');
    },
    get text() {
      return t('Calls you have claimed, and those assigned to you, are listed here.');
    },
  },
  unclaimed: {
    get title() {
      return t('Everything has somebody');
    },
    get text() {
      return t('Calls that nobody has claimed and that are assigned to nobody are listed here.');
    },
  },
  team: {
    get title() {
      return t('Nothing waits for a person');
    },
    get text() {
      return t(
        'When an agent asks for more than its rung allows, the call appears here within a second.',
      );
    },
  },
  second: {
    get title() {
      return t('Nothing waits for a second person');
    },
    get text() {
      return t('Calls that need more than one approval are listed here once they have the first.');
    },
  },
  snoozed: {
    get title() {
      return t('Nothing is put aside');
    },
    get text() {
      return t('Calls you have put aside come back by themselves before their time is over.');
    },
  },
  closed: {
    get title() {
      return t('Nothing is closed yet');
    },
    get text() {
      return t('Approved, rejected, expired and cancelled calls are listed here, newest first.');
    },
  },
};

function NothingHere({ tab, workspace }: { tab: ViewParams['tab']; workspace: string }) {
  const { title, text } = EMPTY[tab];
  return (
    <Empty
      title={title}
      action={
        tab === 'team' ? (
          <Link href={`/${workspace}/agents`} className={buttonClass()}>
            {t('See the agents')}
          </Link>
        ) : undefined
      }
    >
      {text}
      <WaitingElsewhere className="mt-2 text-ink" />
    </Empty>
  );
}

function filterWords(view: ViewParams, agentName: string | null): string[] {
  return [
    ...(view.q.trim() === '' ? [] : [t('Search: {search}', { search: view.q.trim() })]),
    ...(view.risk === null ? [] : [t('Risk: {risk}', { risk: RISK_NAMES[view.risk] })]),
    ...(view.tool === null ? [] : [t('Tool: {tool}', { tool: view.tool })]),
    ...(view.agent === null ? [] : [t('Agent: {agent}', { agent: agentName ?? view.agent })]),
  ];
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
