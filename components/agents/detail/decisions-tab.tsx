'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type PointerEvent } from 'react';
import { formatScore } from '@/components/trust/score-text';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { useSearchState } from '@/components/ui/search-state';
import { Segmented } from '@/components/ui/segmented';
import { Empty, Failed, NoMatch, SkeletonRows } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail, Decision, Outcome } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { agentDecisionsOptions } from '../queries';
import { useCrosshair } from '../score-chart/crosshair';
import { DecisionDrawer } from './decision-drawer';
import {
  fateText,
  fateTone,
  OUTCOME_CHOICES,
  outcomeWord,
  type OutcomeChoice,
} from './decision-text';
import { rich, t } from '@/lib/client/language';

/** What the agent asked for and what it was answered, newest first. Pointing at a row shows its moment in the chart. */
export function DecisionsTab({ agent }: { agent: AgentDetail }) {
  const workspace = useWorkspace();
  const { params, write } = useSearchState();
  const choice =
    OUTCOME_CHOICES.find((known) => known.value === params.get('outcome'))?.value ?? 'all';
  const outcome = choice === 'all' ? null : choice;
  const session = params.get('session');
  const list = useInfiniteQuery(agentDecisionsOptions(workspace, agent.id, { outcome, session }));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const clear = () => write({ outcome: null, session: null });
  return (
    <div>
      {session ? (
        <SessionFilter session={session} onClear={() => write({ session: null })} />
      ) : null}
      <OutcomeFilter choice={choice} onChange={(next) => write({ outcome: next })} />
      {list.data ? (
        rows.length > 0 ? (
          <DecisionTable
            rows={rows}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        ) : outcome || session ? (
          <NoMatch filters={filterWords(outcome, session)} onClear={clear} />
        ) : (
          <Empty title={t('No decisions yet')}>
            {t('The agent has not asked for anything. Its first call shows up here by itself.')}
          </Empty>
        )
      ) : list.error ? (
        <Failed
          what={t('The decisions could not be loaded.')}
          {...describeError(list.error)}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <SkeletonRows label={t('Loading decisions')} />
      )}
    </div>
  );
}

function OutcomeFilter({
  choice,
  onChange,
}: {
  choice: OutcomeChoice;
  onChange: (outcome: string | null) => void;
}) {
  return (
    <div className="overflow-x-auto px-4 pb-3">
      <Segmented<OutcomeChoice>
        label={t('Outcome')}
        size="sm"
        value={choice}
        options={OUTCOME_CHOICES}
        onChange={(value) => onChange(value === 'all' ? null : value)}
        className="w-max"
      />
    </div>
  );
}

function filterWords(outcome: Outcome | null, session: string | null): string[] {
  return [
    ...(outcome ? [t('outcome {outcome}', { outcome: outcomeWord(outcome) })] : []),
    ...(session ? [t('session {session}', { session })] : []),
  ];
}

/** Only one task of the agent is shown: which, and the way to all. */
function SessionFilter({ session, onClear }: { session: string; onClear: () => void }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 px-4 pb-2 text-dense text-ink-2">
      <span>
        {rich('Only the session {session}', {
          session: <UntrustedText text={session} mono className="text-ink" />,
        })}
      </span>
      <button
        type="button"
        onClick={onClear}
        className="min-h-6 text-accent underline underline-offset-2"
      >
        {t('Show all decisions')}
      </button>
    </p>
  );
}

const COLUMNS: readonly Column<Decision>[] = [
  {
    id: 'at',
    get header() {
      return t('Asked');
    },
    width: '104px',
    cell: (row) => <RelativeTime at={row.decidedAt} className="text-ink-2" />,
  },
  {
    id: 'call',
    get header() {
      return t('Call');
    },
    width: '34%',
    cell: (row) => (
      <span className="flex max-w-[36ch] min-w-0 flex-col">
        <UntrustedText text={row.tool} mono className="truncate font-medium" />
        <span className="truncate text-xs text-ink-2">
          <UntrustedText text={`${row.resource.type} ${row.resource.id}`} />
        </span>
      </span>
    ),
  },
  {
    id: 'fate',
    get header() {
      return t('Answer');
    },
    width: '190px',
    cell: (row) => <Badge tone={fateTone(row)}>{fateText(row)}</Badge>,
  },
  {
    id: 'why',
    get header() {
      return t('Why');
    },
    hideBelow: 'md',
    cell: (row) => <span className="line-clamp-2">{row.reasons[0]?.text ?? ''}</span>,
  },
  {
    id: 'score',
    get header() {
      return t('Score then');
    },
    align: 'right',
    width: '112px',
    hideBelow: 'sm',
    cell: (row) => (
      <span className="whitespace-nowrap">
        {formatScore(row.score)}{' '}
        <span className="text-ink-2">{t('rung {rung}', { rung: row.rung })}</span>
      </span>
    ),
  },
];

function DecisionTable({
  rows,
  hasMore,
  loadingMore,
  onMore,
}: {
  rows: readonly Decision[];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}) {
  const crosshair = useCrosshair();
  const { params, write } = useSearchState();
  const open = rows.find((row) => row.id === params.get('decision'));
  const point = (event: PointerEvent) => {
    const key =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('[data-row-key]')?.dataset.rowKey
        : undefined;
    const row = rows.find((candidate) => candidate.id === key);
    crosshair.set(row ? Date.parse(row.decidedAt) : null);
  };
  return (
    <div onPointerOver={point} onPointerLeave={() => crosshair.set(null)}>
      <DataTable
        label={t('Decisions of this agent, newest first')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        rowHeight={48}
        onOpen={(row) => write({ decision: row.id })}
        onMove={(row) => crosshair.set(Date.parse(row.decidedAt))}
        selectedKey={open?.id ?? null}
        className="max-h-[640px]"
        footer={
          hasMore ? (
            <div className="flex justify-center p-3">
              <Button pending={loadingMore} onClick={onMore}>
                {t('Load more decisions')}
              </Button>
            </div>
          ) : undefined
        }
      />
      {open ? <DecisionDrawer decision={open} onClose={() => write({ decision: null })} /> : null}
    </div>
  );
}
