'use client';

import type { ReactNode } from 'react';
import { DataTable, type Column } from '@/components/ui/data-table';
import { numberText } from '@/components/ui/number-text';
import { RelativeTime } from '@/components/ui/relative-time';
import type { LedgerEntry } from '@/lib/contracts';
import { shortHash } from './entry-words';
import { kindWords } from './kind-words';
import { ShortRef, type Names } from './ref';
import { t } from '@/lib/client/language';

const columnsOf = (names: Names): readonly Column<LedgerEntry>[] => [
  {
    id: 'seq',
    header: t('Entry'),
    width: '5rem',
    cell: (entry) => <span className="font-mono text-xs">{numberText(entry.seq)}</span>,
  },
  {
    id: 'kind',
    header: t('What happened'),
    cell: (entry) => (
      <span className="flex max-w-[46vw] min-w-0 flex-col leading-4 whitespace-nowrap sm:block sm:max-w-none">
        {kindWords(entry.kind)}{' '}
        <code className="text-xs text-ink-3 max-md:hidden">{entry.kind}</code>
        {/* On a phone the column is gone: what it is about stands under what happened. */}
        <span className="truncate sm:hidden">
          <ShortRef value={entry.subject} names={names} />
        </span>
      </span>
    ),
  },
  {
    id: 'subject',
    header: t('About'),
    hideBelow: 'sm',
    cell: (entry) => <ShortRef value={entry.subject} names={names} />,
  },
  {
    id: 'actor',
    header: t('By'),
    hideBelow: 'md',
    cell: (entry) => <ShortRef value={entry.actor} names={names} />,
  },
  {
    id: 'hash',
    header: t('Hash'),
    width: '12rem',
    hideBelow: 'lg',
    cell: (entry) => <code className="text-xs text-ink-2">{shortHash(entry.hash)}</code>,
  },
  {
    id: 'at',
    header: t('When'),
    width: '7rem',
    align: 'right',
    cell: (entry) => <RelativeTime at={entry.at} className="text-ink-2" />,
  },
];

/** Entries, newest first. */
export function LedgerTable({
  entries,
  names,
  opened,
  onOpen,
  footer,
}: {
  entries: readonly LedgerEntry[];
  names: Names;
  opened: string | null;
  onOpen: (entry: LedgerEntry) => void;
  footer: ReactNode;
}) {
  return (
    <DataTable
      label={t('Ledger entries')}
      rows={entries}
      rowKey={(entry) => String(entry.seq)}
      columns={columnsOf(names)}
      selectedKey={opened}
      onOpen={onOpen}
      footer={footer}
      className="flex-1"
    />
  );
}
