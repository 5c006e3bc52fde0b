'use client';

import { ArrowRight } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import { type ArgumentRow, anchorOf } from '../argument-rows';
import { FoldButton } from '../detail/folded-text';
import { OriginMark } from '../detail/origin-mark';
import { type FieldChange, fieldChanges } from './field-changes';
import type { Reading } from './kinds';

/** Fields shown before the others are asked for. */
const MOST_FIELDS = 24;

/** The fields of a record: what the agent says they are, and what they would become. */
export function FieldTable({
  reading,
  value,
  marked,
}: {
  reading: Reading;
  value: (row: ArgumentRow) => ReactNode;
  marked: ReadonlySet<ArgumentRow>;
}) {
  const changes = useMemo(() => fieldChanges(reading), [reading]);
  const [open, setOpen] = useState(false);
  const isMarked = ({ before, after }: FieldChange) =>
    [before, after].some((row) => row !== null && marked.has(row));
  const shown = open
    ? changes
    : changes.filter((change, index) => index < MOST_FIELDS || isMarked(change));
  const known = changes.some(({ before }) => before !== null);
  return (
    <>
      <p className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
        {known
          ? t(
              'The values on the left are what the agent says is there now: Belay does not know the record.',
            )
          : t('The call does not say what is there now.')}
      </p>
      {shown.map((change) => (
        <FieldLine
          key={(change.after ?? change.before)?.path}
          change={change}
          value={value}
          known={known}
        />
      ))}
      {shown.length < changes.length ? (
        <div className="border-b border-line px-3">
          <FoldButton
            label={counted(
              changes.length - shown.length,
              'Show {count} more field',
              'Show {count} more fields',
            )}
            onClick={() => setOpen(true)}
          />
        </div>
      ) : null}
    </>
  );
}

function FieldLine({
  change: { field, before, after },
  value,
  known,
}: {
  change: FieldChange;
  value: (row: ArgumentRow) => ReactNode;
  known: boolean;
}) {
  const same =
    before !== null &&
    after !== null &&
    before.value.kind === after.value.kind &&
    before.value.text === after.value.text;
  return (
    <div className="grid grid-cols-1 gap-x-3 gap-y-0.5 border-b border-line px-3 py-1.5 lg:grid-cols-[minmax(96px,28%)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 leading-5">
        <UntrustedText text={field} mono className="font-semibold" />
        {same ? <span className="text-xs text-ink-2">{t('stays the same')}</span> : null}
      </div>
      <div
        className={cx(
          'grid min-w-0 items-start gap-x-3 font-mono text-[12.5px] leading-5',
          known
            ? 'grid-cols-[auto_minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] max-lg:[&>:first-child]:col-span-2'
            : 'grid-cols-[auto_minmax(0,1fr)]',
        )}
      >
        {known ? <Side row={before} value={value} none={t('not sent')} /> : null}
        <ArrowRight aria-label={t('becomes')} size={14} className="mt-0.5 shrink-0 text-ink-2" />
        <Side row={after} value={value} none={t('not sent')} strong={!same} />
      </div>
    </div>
  );
}

function Side({
  row,
  value,
  none,
  strong,
}: {
  row: ArgumentRow | null;
  value: (row: ArgumentRow) => ReactNode;
  none: string;
  strong?: boolean;
}) {
  if (row === null) return <span className="font-sans text-dense text-ink-3">{none}</span>;
  return (
    <div id={anchorOf(row)} className="max-w-full min-w-0 scroll-mt-4 target:bg-hover">
      <div className={strong ? 'font-semibold' : 'text-ink-2'}>{value(row)}</div>
      <OriginMark origin={row.origin} />
    </div>
  );
}
