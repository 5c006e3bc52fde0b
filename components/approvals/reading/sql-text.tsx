'use client';

import { useMemo, useState } from 'react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import { FoldButton } from '../detail/folded-text';
import { foldText } from '../text-fold';
import { lineOf } from './line-of';
import { type SqlSegment, sliceSegments, sqlSegments } from './sql-segments';
import { type SqlWarning, sqlWarnings } from './sql-warnings';

/** Warnings written out under a statement; the summary above all values has the others. */
const MOST_WARNINGS = 6;

const LOOKS: Readonly<Record<SqlSegment['look'], string>> = {
  plain: '',
  keyword: 'font-bold',
  comment: 'italic text-ink-2',
  warned: 'rounded-xs bg-sev-2-soft px-0.5 font-bold shadow-[inset_0_-2px_var(--sev-2)]',
};

/** A statement with its own line breaks; keywords by weight, comments slanted, what to look at underlined and said in words. */
export function SqlText({ sql }: { sql: string }) {
  const warnings = useMemo(() => sqlWarnings(sql), [sql]);
  const segments = useMemo(() => sqlSegments(sql, warnings), [sql, warnings]);
  const [open, setOpen] = useState(false);
  const { head, folded, tail } = useMemo(() => foldText(sql), [sql]);
  if (folded === null || open)
    return (
      <>
        <Segments segments={segments} />
        {folded === null ? null : (
          <FoldButton label={t('Fold again')} folded={false} onClick={() => setOpen(false)} />
        )}
        <Warnings sql={sql} warnings={warnings} />
      </>
    );
  const tailStart = sql.length - tail.length;
  const inside = warnings.filter(({ start }) => start >= head.length && start < tailStart);
  return (
    <>
      <Segments segments={sliceSegments(segments, 0, head.length)} />
      <FoldButton
        label={t('Show {characters} more characters in {lines} lines', folded)}
        warning={
          inside.length === 0
            ? null
            : counted(inside.length, '{count} warning inside', '{count} warnings inside')
        }
        onClick={() => setOpen(true)}
      />
      <Segments segments={sliceSegments(segments, tailStart, sql.length)} />
      <Warnings sql={sql} warnings={warnings} />
    </>
  );
}

function Segments({ segments }: { segments: readonly SqlSegment[] }) {
  return (
    <div className="whitespace-pre-wrap wrap-anywhere">
      {segments.map(({ text, look }, index) => (
        <span key={index} data-sql={look} className={cx(LOOKS[look])}>
          <UntrustedText text={text} />
        </span>
      ))}
    </div>
  );
}

function Warnings({ sql, warnings }: { sql: string; warnings: readonly SqlWarning[] }) {
  if (warnings.length === 0) return null;
  const several = sql.includes('\n');
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5 font-sans text-dense font-medium text-sev-2">
      {warnings.slice(0, MOST_WARNINGS).map(({ text, start }, index) => (
        <li key={index}>
          {several ? `${t('Line {line}:', { line: lineOf(sql, start) })} ` : ''}
          {text}
        </li>
      ))}
      {warnings.length > MOST_WARNINGS ? (
        <li>
          {counted(
            warnings.length - MOST_WARNINGS,
            'And {count} more warning.',
            'And {count} more warnings.',
          )}
        </li>
      ) : null}
    </ul>
  );
}
