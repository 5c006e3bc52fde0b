'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { cx } from './class-names';
import { useRowNavigation, type RowNavigation } from './row-navigation';
import { useRowsInSight } from './use-rows-in-sight';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** CSS width of the column; without it the column shares what is left. */
  width?: string;
  align?: 'left' | 'right';
  /** Leave the column out on narrow screens. */
  hideBelow?: 'sm' | 'md' | 'lg' | 'xl';
  sortable?: boolean;
}

export interface Sort {
  column: string;
  order: 'asc' | 'desc';
}

export interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  /** Enter, a click or a tap on a row. Without it rows are not interactive. */
  onOpen?: (row: Row) => void;
  /** The arrow keys (or j and k) moved to this row. */
  onMove?: (row: Row) => void;
  selectedKey?: string | null;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Row height in px when the list is virtualised. */
  rowHeight?: number;
  /** It scrolls by itself, and nothing in it takes the focus: then the table does, so that keys can scroll it. */
  scrolls?: boolean;
  /** Below the rows, inside the scroll area: "Load more". */
  footer?: ReactNode;
  className?: string;
  /** Marks rows that matter, for example by severity. */
  rowClassName?: (row: Row) => string | undefined;
}

const HIDE = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
} as const;
/** From here on only the rows in sight are in the document, and a few around them. */
const VIRTUAL_FROM = 120;
const AROUND = 12;
/** Height of the head, in px: `h-8`. */
const HEAD = 32;

function HeaderCell<Row>({
  column,
  first,
  sort,
  onSort,
}: {
  column: Column<Row>;
  first: boolean;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}) {
  const active = sort?.column === column.id ? sort.order : undefined;
  const Arrow = active === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={active ? (active === 'asc' ? 'ascending' : 'descending') : undefined}
      style={{ width: column.width }}
      className={cx(
        'sticky top-0 z-10 h-8 border-b border-line bg-surface px-3 text-left text-xs font-medium whitespace-nowrap text-ink-2',
        first && 'left-0 z-20',
        column.align === 'right' && 'text-right',
        column.hideBelow && HIDE[column.hideBelow],
      )}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          onClick={() => onSort({ column: column.id, order: active === 'asc' ? 'desc' : 'asc' })}
          className={cx(
            'inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink',
            column.align === 'right' && 'flex-row-reverse',
          )}
        >
          {column.header}
          <Arrow aria-hidden size={12} className={active ? '' : 'opacity-0'} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden role="presentation">
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

function BodyRow<Row>({
  row,
  rowIndex,
  table,
  navigation,
  height,
}: {
  row: Row;
  /** Place in the whole list, counting from 0. */
  rowIndex: number;
  table: DataTableProps<Row>;
  navigation: RowNavigation<Row>;
  /** Fixed height in px when the list is virtualised. */
  height: number | undefined;
}) {
  const key = table.rowKey(row);
  const interactive = Boolean(table.onOpen);
  const selected = key === table.selectedKey;
  return (
    <tr
      data-row-key={key}
      aria-rowindex={rowIndex + 2}
      aria-selected={interactive ? selected : undefined}
      tabIndex={interactive ? (navigation.tabStop === key ? 0 : -1) : undefined}
      onFocus={() => navigation.setCurrent(key)}
      onClick={interactive ? navigation.openFromClick(row) : undefined}
      style={{ height }}
      className={cx(
        // Drawn on the cells: the frozen first column would cover an outline of the row.
        'group h-10 outline-none focus-visible:[&>td]:shadow-[inset_0_2px_var(--focus),inset_0_-2px_var(--focus)] focus-visible:[&>td:first-child]:shadow-[inset_2px_2px_var(--focus),inset_0_-2px_var(--focus)] focus-visible:[&>td:last-child]:shadow-[inset_-2px_2px_var(--focus),inset_0_-2px_var(--focus)]',
        interactive && 'cursor-pointer',
        selected ? '[&>td]:bg-accent-soft' : '[&>td]:bg-surface hover:[&>td]:bg-hover',
        table.rowClassName?.(row),
      )}
    >
      {table.columns.map((column, index) => (
        <td
          key={column.id}
          data-numeric={column.align === 'right' ? true : undefined}
          className={cx(
            'border-b border-line px-3 py-1',
            index === 0 && 'sticky left-0 z-[5]',
            column.align === 'right' && 'text-right',
            column.hideBelow && HIDE[column.hideBelow],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function Head<Row>({ columns, sort, onSort }: DataTableProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => (
          <HeaderCell
            key={column.id}
            column={column}
            first={index === 0}
            sort={sort}
            onSort={onSort}
          />
        ))}
      </tr>
    </thead>
  );
}

/**
 * A dense table: sticky head, frozen first column, arrow keys (also j, k, Home, End, Page keys) between rows, Enter opens.
 * Focus follows the row's key, so live updates never move it. Long lists keep only the rows in sight in the document.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, rowKey, onOpen, rowHeight = 40 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useRowsInSight(scroller, rowHeight, HEAD);
  const virtual = rows.length >= VIRTUAL_FROM;
  const start = virtual ? Math.min(Math.max(0, sight.first - AROUND), rows.length) : 0;
  const end = virtual ? Math.min(sight.last + 1 + AROUND, rows.length) : rows.length;
  const navigation = useRowNavigation({ ...props, reveal: sight.reveal, scroller });
  return (
    <div
      ref={scroller}
      data-scroll
      {...(props.scrolls ? { role: 'region', 'aria-label': props.label, tabIndex: 0 } : {})}
      className={cx('relative min-h-0 overflow-auto', props.className)}
    >
      <table
        role={onOpen ? 'grid' : undefined}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        className="w-full border-separate border-spacing-0 text-dense"
      >
        <Head {...props} />
        <tbody onKeyDown={navigation.onKeyDown}>
          <Spacer height={start * rowHeight} span={columns.length} />
          {rows.slice(start, end).map((row, offset) => (
            <BodyRow
              key={rowKey(row)}
              row={row}
              rowIndex={start + offset}
              table={props}
              navigation={navigation}
              height={virtual ? rowHeight : undefined}
            />
          ))}
          <Spacer height={(rows.length - end) * rowHeight} span={columns.length} />
        </tbody>
      </table>
      {props.footer}
    </div>
  );
}
