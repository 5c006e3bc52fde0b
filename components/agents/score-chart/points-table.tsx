'use client';

import { useMemo } from 'react';
import { LAYER_LOOKS, LAYERS } from '@/components/trust/layers';
import { formatPoints, formatScore } from '@/components/trust/score-text';
import { DataTable, type Column } from '@/components/ui/data-table';
import { exactText } from '@/components/ui/time-text';
import type { Mark } from './lanes';
import { layerText, momentText } from './point-text';
import type { ChartShape } from './shape';
import { tableRows, type TableRow } from './table-rows';
import { t } from '@/lib/client/language';

const COLUMNS: readonly Column<TableRow>[] = [
  {
    id: 'at',
    get header() {
      return t('Local time');
    },
    width: '190px',
    cell: (row) => <span data-hint={exactText(row.at)}>{momentText(row.at)}</span>,
  },
  {
    id: 'score',
    get header() {
      return t('Score');
    },
    align: 'right',
    width: '72px',
    cell: (row) => (row.kind === 'point' ? formatScore(row.point.score, 3) : ''),
  },
  {
    id: 'change',
    get header() {
      return t('Change, points');
    },
    align: 'right',
    width: '110px',
    cell: (row) => (row.kind === 'point' && row.change !== null ? formatPoints(row.change) : ''),
  },
  {
    id: 'rung',
    get header() {
      return t('Rung');
    },
    align: 'right',
    width: '56px',
    cell: (row) => (row.kind === 'point' ? row.point.rung : ''),
  },
  ...LAYERS.map((layer): Column<TableRow> => ({
    id: layer,
    get header() {
      return LAYER_LOOKS[layer].label;
    },
    align: 'right',
    width: '84px',
    hideBelow: 'md',
    cell: (row) => (row.kind === 'point' ? layerText(row.point[layer]) : ''),
  })),
  {
    id: 'event',
    get header() {
      return t('Event');
    },
    cell: (row) =>
      row.kind === 'mark'
        ? row.text
        : row.kind === 'gap'
          ? t('Nothing recorded until {time}', { time: momentText(row.until) })
          : '',
  },
];

/** The same data as the chart, newest first; Enter or a click explains a moment. */
export function PointsTable({
  shape,
  marks,
  pinned,
  onPin,
}: {
  shape: ChartShape;
  marks: readonly Mark[];
  pinned: number | null;
  onPin: (at: number) => void;
}) {
  const rows = useMemo(() => tableRows(shape, marks), [shape, marks]);
  const selected = rows.find((row) => row.kind === 'point' && row.at === pinned);
  return (
    <DataTable
      label={t('Points and events of the score chart, newest first')}
      rows={rows}
      rowKey={(row) => row.key}
      columns={COLUMNS}
      rowHeight={32}
      selectedKey={selected?.key ?? null}
      onOpen={(row) => onPin(row.at)}
      className="max-h-[360px]"
      footer={
        rows.length === 0 ? (
          <p className="p-4 text-ink-2">{t('No points in this range.')}</p>
        ) : undefined
      }
    />
  );
}
