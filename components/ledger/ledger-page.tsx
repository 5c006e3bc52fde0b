'use client';

import {
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty, NoMatch } from '@/components/ui/states';
import type { LedgerEntry } from '@/lib/contracts';
import { ledgerQuery, type LedgerPage as LedgerPageData } from '@/lib/client/governance-queries';
import { useWorkspace } from '@/lib/client/session';
import { EntryDrawer } from './entry-drawer';
import { LedgerFilterBar } from './ledger-filter-bar';
import { LedgerTable } from './ledger-table';
import { shortHash } from './entry-words';
import type { Names } from './ref';
import { useLedgerFilters } from './use-ledger-filters';
import { VerifyPanel } from './verify-panel';
import { counted, t } from '@/lib/client/language';

function filterWords({ kind, subject }: { kind: string; subject: string }): string[] {
  return [
    kind ? t('kind {kind}', { kind }) : '',
    subject ? t('subject {subject}', { subject }) : '',
  ].filter(Boolean);
}

type LedgerQuery = UseInfiniteQueryResult<InfiniteData<LedgerPageData>>;

function Older({ query }: { query: LedgerQuery }) {
  if (!query.hasNextPage)
    return <p className="p-3 text-center text-dense text-ink-2">{t('The chain begins here.')}</p>;
  return (
    <div className="p-3 text-center">
      <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('Load older entries')}
      </Button>
    </div>
  );
}

function Entries({
  query,
  entries,
  names,
}: {
  query: LedgerQuery;
  entries: readonly LedgerEntry[];
  names: Names;
}) {
  const { filters, opened, open, clear } = useLedgerFilters();
  const words = filterWords(filters);
  if (entries.length > 0)
    return (
      <LedgerTable
        entries={entries}
        names={names}
        opened={opened}
        onOpen={(entry) => open(String(entry.seq))}
        footer={<Older query={query} />}
      />
    );
  if (words.length > 0) return <NoMatch filters={words} onClear={clear} />;
  return (
    <Empty title={t('Nothing is recorded yet')}>
      {t('The first entry appears with the first agent, change or decision of this workspace.')}
    </Empty>
  );
}

/** The append-only record: browse, open an entry with its exact bytes, verify the chain. */
export function LedgerPage() {
  const { filters, opened, setFilters, open } = useLedgerFilters();
  const query = useInfiniteQuery(ledgerQuery(useWorkspace(), filters));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const names: Names = Object.fromEntries(
    query.data?.pages.flatMap((page) => Object.entries(page.names)) ?? [],
  );
  const head = query.data?.pages[0]?.head;
  return (
    <div className="flex h-full min-h-0 flex-col p-4 md:p-6">
      <PageHeader
        title={t('Ledger')}
        description={
          head
            ? counted(
                head.seq,
                '{count} entry. The newest has the hash {hash}.',
                '{count} entries. The newest has the hash {hash}.',
                { hash: shortHash(head.hash) },
              )
            : t('Every decision, verdict, switch and change, chained by hashes.')
        }
        actions={<VerifyPanel />}
      />
      <LedgerFilterBar
        key={`${filters.kind} ${filters.subject}`}
        filters={filters}
        onChange={setFilters}
      />
      <Panel flush fill className="mt-3">
        <QueryView query={query} what={t('The ledger could not be loaded.')}>
          {() => <Entries query={query} entries={entries} names={names} />}
        </QueryView>
      </Panel>
      <EntryDrawer
        seq={opened}
        loaded={entries.find((entry) => String(entry.seq) === opened)}
        names={names}
        onClose={() => open(undefined)}
      />
    </div>
  );
}
