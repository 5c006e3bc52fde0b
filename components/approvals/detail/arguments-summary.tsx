'use client';

import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { numberText } from '@/components/ui/number-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import { type ArgumentRow, anchorOf } from '../argument-rows';
import { type Danger, sizeWords } from '../reading/dangers';

/** Dangers named before the others are asked for. */
const MOST_NAMED = 6;

/** Above all values: how much follows, and where in it the dangerous ones are, however far down. */
export function ArgumentsSummary({
  rows,
  dangers,
  linked,
}: {
  rows: readonly ArgumentRow[];
  dangers: readonly Danger[];
  /** The values stand below under their anchors. */
  linked: boolean;
}) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const { size, unchecked } = sizeWords(rows);
  if (dangers.length === 0) return <NoneMarked size={size} unchecked={unchecked} />;
  const named = all ? dangers : dangers.slice(0, MOST_NAMED);
  return (
    <div className="border-b border-line bg-sev-2-soft px-3 py-2 text-dense">
      <p className="flex gap-2 font-medium text-sev-2">
        <TriangleAlert aria-hidden size={16} className="mt-px shrink-0" />
        {counted(
          dangers.length,
          '{size} to read. Look at {count} thing:',
          '{size} to read. Look at {count} things:',
          { size },
        )}
      </p>
      <ul className="mt-1 flex flex-col gap-0.5 pl-6">
        {named.map((danger, index) => (
          <DangerLine key={index} danger={danger} of={rows.length} linked={linked} />
        ))}
      </ul>
      {unchecked === null ? null : <p className="mt-1 pl-6 text-xs text-ink-2">{unchecked}</p>}
      {named.length < dangers.length ? (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="mt-1 ml-6 min-h-6 text-xs font-medium text-accent underline underline-offset-2 hover:text-accent-hover"
        >
          {counted(
            dangers.length - named.length,
            'Name {count} more thing',
            'Name {count} more things',
          )}
        </button>
      ) : null}
    </div>
  );
}

function NoneMarked({ size, unchecked }: ReturnType<typeof sizeWords>) {
  return (
    <p className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
      {t('{size}. Belay found nothing in them that stands out.', { size })} {unchecked}
    </p>
  );
}

function DangerLine({
  danger: { row, position, lines, places, why },
  of,
  linked,
}: {
  danger: Danger;
  of: number;
  linked: boolean;
}) {
  const name = <UntrustedText text={row.label} mono />;
  const where = [
    ...(of > 1 ? [t('value {position} of {of}', { position, of })] : []),
    ...(lines.length === 0
      ? []
      : [
          lines.length > 1
            ? t('lines {lines}', { lines: lines.map((line) => numberText(line)).join(', ') })
            : t('line {line}', { line: lines[0] ?? 0 }),
        ]),
    ...(places > Math.max(1, lines.length) ? [t('{places} times', { places })] : []),
  ];
  return (
    <li className="wrap-anywhere">
      {linked ? (
        <a
          href={`#${anchorOf(row)}`}
          className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
        >
          {name}
        </a>
      ) : (
        name
      )}{' '}
      {where.length === 0 ? null : <span className="text-ink-2">({where.join(', ')})</span>} {why}
    </li>
  );
}
