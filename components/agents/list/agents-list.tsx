'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Bot, Plus } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { PageHeader } from '@/components/ui/panel';
import { useSearchState } from '@/components/ui/search-state';
import { Empty, Failed, NoMatch, NoPermission, SkeletonRows } from '@/components/ui/states';
import type { Agent } from '@/lib/contracts';
import { ApiError, describeError } from '@/lib/client/api-error';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { agentListOptions, ladderOptions } from '../queries';
import { agentColumns } from './agent-columns';
import { AgentFilters } from './agent-filters';
import { keepOrder } from './keep-order';
import {
  filterWords,
  listSearch,
  NO_FILTERS,
  parseListParams,
  SORTS,
  type ListParams,
} from './list-params';
import { counted, t } from '@/lib/client/language';

/** All agents of the workspace: who may do what, who is rising or falling, what waits. */
export function AgentsList() {
  const workspace = useWorkspace();
  const mayRegister = usePermission('agents.edit');
  const { params: search, write } = useSearchState();
  const params = useMemo(() => parseListParams(new URLSearchParams(search)), [search]);
  const change = (next: Partial<ListParams>) => write(listSearch(next));
  const list = useInfiniteQuery(agentListOptions(workspace, { ...params }));
  const ladder = useQuery(ladderOptions(workspace));
  const rungs = ladder.data?.items.find((version) => version.current)?.ladder.rungs;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  const tags = useMemo(() => tagsOf(rows, params.tag), [rows, params.tag]);
  return (
    <div className="flex h-full min-h-0 flex-col p-4 md:p-6">
      <PageHeader
        title={t('Agents')}
        description={total === undefined ? undefined : totalText(total, params)}
        actions={mayRegister ? <RegisterLink workspace={workspace} /> : null}
      />
      <AgentFilters params={params} onChange={change} rungs={rungs} tags={tags} />
      <div className="mt-3 flex min-h-0 flex-col overflow-hidden rounded-lg border border-line bg-surface">
        <ListContent list={list} rows={rows} params={params} rungs={rungs} onChange={change} />
      </div>
    </div>
  );
}

function RegisterLink({ workspace }: { workspace: string }) {
  return (
    <Link href={`/${workspace}/agents/new`} className={buttonClass('primary')}>
      <Plus aria-hidden size={14} />
      {t('Register agent')}
    </Link>
  );
}

function totalText(total: number, params: ListParams): string {
  const filtered = filterWords(params).length > 0;
  return filtered
    ? counted(total, '{count} agent matches', '{count} agents match')
    : counted(total, '{count} agent in this workspace', '{count} agents in this workspace');
}

function tagsOf(rows: readonly Agent[], chosen: string | null): string[] {
  const tags = new Set(rows.flatMap((agent) => agent.tags));
  if (chosen) tags.add(chosen);
  return [...tags].sort();
}

interface ListContentProps {
  list: ReturnType<typeof useInfiniteQuery<unknown>>;
  rows: readonly Agent[];
  params: ListParams;
  rungs: readonly { rung: number; name: string }[] | undefined;
  onChange: (change: Partial<ListParams>) => void;
}

function ListContent({ list, rows, params, rungs, onChange }: ListContentProps) {
  const workspace = useWorkspace();
  const mayRegister = usePermission('agents.edit');
  if (list.error && rows.length === 0)
    return <Refused error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <SkeletonRows rows={12} label={t('Loading agents')} />;
  if (rows.length === 0 && filterWords(params).length > 0)
    return <NoMatch filters={filterWords(params)} onClear={() => onChange(NO_FILTERS)} />;
  if (rows.length === 0)
    return (
      <Empty
        icon={<Bot aria-hidden size={24} />}
        title={t('No agents yet')}
        action={mayRegister ? <RegisterLink workspace={workspace} /> : undefined}
      >
        {t(
          'An agent is one non-human identity with its own key. Before it acts it asks Belay, and starts on rung 1, read-only.',
        )}{' '}
        {mayRegister ? null : t('Managers and admins can register one.')}
      </Empty>
    );
  return <AgentTable list={list} rows={rows} params={params} rungs={rungs} onChange={onChange} />;
}

function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.forbidden)
    return (
      <NoPermission
        what={t('Your role does not let you see the agents of this workspace.')}
        who={t('An admin of the workspace can change your role.')}
      />
    );
  return (
    <Failed
      what={t('The agents could not be loaded.')}
      {...describeError(error)}
      onRetry={onRetry}
    />
  );
}

/** While the pointer is over the rows they keep their places; their numbers go on changing. */
function useSteadyOrder(rows: readonly Agent[], reset: string) {
  const [kept, setKept] = useState<{ keys: readonly string[]; reset: string } | null>(null);
  const hold = (here: boolean) => setKept(here ? { keys: rows.map((row) => row.id), reset } : null);
  const ordered = useMemo(
    () => (kept?.reset === reset ? keepOrder(kept.keys, rows, (row) => row.id) : rows),
    [kept, rows, reset],
  );
  return { ordered, hold };
}

function AgentTable({ list, rows, params, rungs, onChange }: ListContentProps) {
  const workspace = useWorkspace();
  const router = useRouter();
  const columns = useMemo(() => agentColumns(workspace, rungs), [workspace, rungs]);
  const { ordered, hold } = useSteadyOrder(rows, JSON.stringify(params));
  return (
    <div
      className="flex min-h-0 flex-col"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
    >
      <DataTable
        label={t('Agents')}
        rows={ordered}
        rowKey={(agent) => agent.id}
        columns={columns}
        sort={{ column: params.sort, order: params.order }}
        onSort={({ column, order }) =>
          onChange({ sort: SORTS.find((known) => known === column) ?? 'name', order })
        }
        onOpen={(agent) => router.push(`/${workspace}/agents/${agent.id}`)}
        footer={
          list.hasNextPage ? (
            <div className="flex justify-center p-3">
              <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('Load more agents')}
              </Button>
            </div>
          ) : undefined
        }
      />
      {list.isError ? (
        <p role="alert" className="border-t border-line px-4 py-2 text-dense text-sev-1">
          {t('The list could not be refreshed: {why}', { why: describeError(list.error).detail })}
        </p>
      ) : null}
    </div>
  );
}
