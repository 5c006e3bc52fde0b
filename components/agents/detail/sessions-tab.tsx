'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { useSearchState } from '@/components/ui/search-state';
import { Empty, Failed, SkeletonRows } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { agentSessionsOptions, type SessionPage } from '../queries';
import { t } from '@/lib/client/language';

type Session = SessionPage['items'][number];

const COLUMNS: readonly Column<Session>[] = [
  {
    id: 'at',
    get header() {
      return t('Began');
    },
    width: '104px',
    cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
  },
  {
    id: 'request',
    get header() {
      return t('Request');
    },
    cell: (row) => (
      <span className="line-clamp-2 max-w-[80ch]">
        <UntrustedText text={row.request} />
      </span>
    ),
  },
  {
    id: 'user',
    get header() {
      return t('End user');
    },
    width: '180px',
    hideBelow: 'md',
    cell: (row) =>
      row.endUser ? (
        <UntrustedText text={row.endUser} />
      ) : (
        <span className="text-ink-3">{t('none')}</span>
      ),
  },
  {
    id: 'decisions',
    get header() {
      return t('Decisions');
    },
    align: 'right',
    width: '88px',
    cell: (row) => row.decisions,
  },
];

/** The agent's tasks: what was asked of it, by whom, and how many calls came of it. One opens its decisions. */
export function SessionsTab({ agentId }: { agentId: string }) {
  const workspace = useWorkspace();
  const { write } = useSearchState();
  const list = useInfiniteQuery(agentSessionsOptions(workspace, agentId));
  if (!list.data)
    return list.error ? (
      <Failed
        what={t('The sessions could not be loaded.')}
        {...describeError(list.error)}
        onRetry={() => void list.refetch()}
      />
    ) : (
      <SkeletonRows label={t('Loading sessions')} />
    );
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return (
      <Empty title={t('No sessions yet')}>
        {t('A session is one task of the agent. The agent opens it with the request it was given.')}
      </Empty>
    );
  return (
    <DataTable
      label={t('Sessions of this agent, newest first')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={COLUMNS}
      onOpen={(row) => write({ tab: null, session: row.id })}
      rowHeight={48}
      className="max-h-[640px]"
      footer={
        list.hasNextPage ? (
          <div className="flex justify-center p-3">
            <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('Load more sessions')}
            </Button>
          </div>
        ) : undefined
      }
    />
  );
}
