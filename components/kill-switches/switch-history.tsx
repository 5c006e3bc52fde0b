import { Button } from '@/components/ui/button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { durationText } from '@/components/ui/time-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { KillSwitch } from '@/lib/contracts';
import { ModeBadge, ScopeName } from './in-force-list';
import { t } from '@/lib/client/language';

const MS = 1_000;

function heldText(item: KillSwitch): string {
  if (item.releasedAt === null) return '';
  return durationText((Date.parse(item.releasedAt) - Date.parse(item.setAt)) / MS);
}

const COLUMNS: readonly Column<KillSwitch>[] = [
  {
    id: 'scope',
    get header() {
      return t('Stopped');
    },
    cell: (item) => (
      <span className="flex flex-wrap items-center gap-2 py-1">
        <ModeBadge mode={item.mode} released />
        <ScopeName scope={item.scope} />
      </span>
    ),
  },
  {
    id: 'set',
    get header() {
      return t('Set');
    },
    cell: (item) => <Event by={item.setBy} at={item.setAt} reason={item.reason} />,
  },
  {
    id: 'released',
    get header() {
      return t('Released');
    },
    hideBelow: 'md',
    cell: (item) =>
      item.releasedAt ? (
        <Event by={item.releasedBy ?? ''} at={item.releasedAt} reason={item.releaseReason ?? ''} />
      ) : null,
  },
  {
    id: 'held',
    get header() {
      return t('Held for');
    },
    align: 'right',
    width: '96px',
    hideBelow: 'sm',
    cell: (item) => <span className="whitespace-nowrap">{heldText(item)}</span>,
  },
];

function Event({ by, at, reason }: { by: string; at: string; reason: string }) {
  return (
    <span className="block py-1">
      <span className="block">
        <UntrustedText text={reason} />
      </span>
      <span className="block text-xs text-ink-2">
        {by}, <RelativeTime at={at} />
      </span>
    </span>
  );
}

/** Switches that were released: why they were set, why they were released, and how long they held. */
export function SwitchHistory({
  items,
  hasMore,
  loadingMore,
  onMore,
}: {
  items: readonly KillSwitch[];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}) {
  if (items.length === 0)
    return <p className="px-4 py-6 text-ink-2">{t('No switch has been released yet.')}</p>;
  return (
    <DataTable
      label={t('Released kill switches, newest first')}
      rows={items}
      rowKey={(item) => item.id}
      columns={COLUMNS}
      footer={
        hasMore ? (
          <div className="flex justify-center p-3">
            <Button pending={loadingMore} onClick={onMore}>
              {t('Load more switches')}
            </Button>
          </div>
        ) : undefined
      }
    />
  );
}
