'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';
import { type ArgumentRow, anchorOf, groupRows } from '../argument-rows';
import { FoldButton, FoldedText } from './folded-text';
import { OriginMark, OriginSource } from './origin-mark';

/** A list unfolds by this many values at a time. */
const UNFOLD_STEP = 500;

export type Sources = ApprovalDetail['sources'];

interface ArgumentLinesProps {
  rows: readonly ArgumentRow[];
  sources: Sources;
  /** Never folded away. */
  marked: ReadonlySet<ArgumentRow>;
  /** What these values are to the call, in a word. */
  name?: string;
}

/** Values a line each; long lists keep both ends and everything that is marked, and say how much is folded. */
export function ArgumentLines({ rows, sources, marked, name }: ArgumentLinesProps) {
  const groups = useMemo(() => groupRows(rows, marked), [rows, marked]);
  return groups.map((group) =>
    group.kind === 'rows' ? (
      group.rows.map((row) => (
        <ArgumentLine key={row.path} row={row} sources={sources} name={name} />
      ))
    ) : (
      <FoldedRows key={group.id} rows={group.rows} sources={sources} name={name} />
    ),
  );
}

function FoldedRows({ rows, sources, name }: Omit<ArgumentLinesProps, 'marked'>) {
  const [shown, setShown] = useState(0);
  const left = rows.length - shown;
  return (
    <>
      {rows.slice(0, shown).map((row) => (
        <ArgumentLine key={row.path} row={row} sources={sources} name={name} />
      ))}
      {left > 0 ? (
        <div className="border-b border-line px-3">
          <FoldButton
            label={
              left > UNFOLD_STEP
                ? t('{left} more values folded: show the next {step}', { left, step: UNFOLD_STEP })
                : counted(left, 'Show {count} more value', 'Show {count} more values')
            }
            onClick={() => setShown(Math.min(rows.length, shown + UNFOLD_STEP))}
          />
        </div>
      ) : null}
    </>
  );
}

interface ArgumentLineProps {
  row: ArgumentRow;
  sources: Sources;
  name?: string;
  /** The value drawn in another way; all of it has to be there. */
  children?: ReactNode;
}

/** A longer text, or one of several lines, gets the whole width. */
const NARROW_CHARACTERS = 160;

function needsWidth({ value: { text } }: ArgumentRow): boolean {
  return text.length > NARROW_CHARACTERS || text.includes('\n');
}

/** One value with its name and where it came from. */
export function ArgumentLine({ row, sources, name, children }: ArgumentLineProps) {
  const alarming = row.origin?.origin === 'third_party';
  return (
    <div
      id={anchorOf(row)}
      className={cx(
        'grid scroll-mt-4 grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 border-b border-line px-3 py-1.5 [content-visibility:auto] [contain-intrinsic-size:auto_33px] target:bg-hover',
        needsWidth(row) || 'lg:grid-cols-[minmax(96px,28%)_minmax(0,1fr)_auto]',
        alarming && 'shadow-[inset_3px_0_0_var(--sev-2)]',
      )}
    >
      <RowName row={row} name={name} />
      <div
        className={cx(
          'min-w-0 font-mono text-[12.5px] leading-5',
          needsWidth(row) ? 'order-3 col-span-2' : 'max-lg:order-3 max-lg:col-span-2',
        )}
      >
        {children ?? <RowValue row={row} />}
      </div>
      <div
        className={cx(
          'flex flex-col items-end pt-0.5',
          needsWidth(row) ? 'order-2' : 'max-lg:order-2',
        )}
      >
        <OriginMark origin={row.origin} />
        <OriginSource origin={row.origin} sources={sources} />
      </div>
    </div>
  );
}

/** The word for a value, with the name it was sent under where that is another. */
function RowName({ row, name }: Pick<ArgumentLineProps, 'row' | 'name'>) {
  if (name === undefined)
    return (
      <div className="min-w-0 leading-5 text-ink-2">
        <UntrustedText text={row.label} mono />
      </div>
    );
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 leading-5">
      <span className="text-dense font-medium">{name}</span>
      {row.label.toLowerCase() === name.toLowerCase() ? null : (
        <UntrustedText text={row.label} mono className="text-ink-2" />
      )}
    </div>
  );
}

/** The value exactly as it was sent; a long one is folded in the middle. */
export function RowValue({ row: { value } }: { row: ArgumentRow }) {
  if (value.kind === 'literal') return <UntrustedText text={value.text} mono />;
  if (value.text === '') return <span className="text-ink-3">{t('empty text')}</span>;
  return (
    <FoldedText text={needsQuotes(value.text) ? JSON.stringify(value.text) : value.text} mono />
  );
}

/** Text that would read as a number, true, false or null stands in quotes. */
function needsQuotes(text: string): boolean {
  return /^\s*(-?\d[\d.eE+-]*|true|false|null)\s*$/.test(text);
}
