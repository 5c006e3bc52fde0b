'use client';

import { useState } from 'react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import { FoldButton } from '../detail/folded-text';
import type { LineChange } from './line-changes';
import { type LineRun, lineRuns } from './line-runs';

/** Weight, ground and sign tell the lines apart; green and red are for verdicts. */
const LOOKS: Readonly<
  Record<
    LineChange['change'],
    { readonly sign: string; readonly said: string; readonly look: string }
  >
> = {
  same: { sign: ' ', said: '', look: '' },
  removed: { sign: '−', said: 'removed: ', look: 'bg-sunken text-ink-2 italic' },
  added: { sign: '+', said: 'added: ', look: 'bg-hover font-semibold' },
  place: { sign: ' ', said: '', look: 'text-ink-3' },
};

/**
 * Lines of a change. Runs of the same lines and very long runs are folded with their size.
 *
 * @param signed the lines carry their own signs, as in a patch
 */
export function DiffLines({ lines, signed }: { lines: readonly LineChange[]; signed?: boolean }) {
  const count = (change: LineChange['change']) =>
    lines.filter((line) => line.change === change).length;
  return (
    <>
      <p className="mb-1 font-sans text-xs text-ink-2">
        {t('Lines: {removed} removed, {added} added', {
          removed: count('removed'),
          added: count('added'),
        })}
      </p>
      <div className="flex flex-col">
        {lineRuns(lines).map((run) => (
          <Run key={run.from} run={run} signed={signed ?? false} />
        ))}
      </div>
    </>
  );
}

function Run({ run: { lines, folded }, signed }: { run: LineRun; signed: boolean }) {
  const [open, setOpen] = useState(false);
  if (folded && !open) {
    const changed = lines.filter(({ change }) => change === 'added' || change === 'removed').length;
    return (
      <FoldButton
        label={counted(lines.length, 'Show {count} more line', 'Show {count} more lines')}
        warning={
          changed === 0 ? null : counted(changed, '{count} change inside', '{count} changes inside')
        }
        onClick={() => setOpen(true)}
      />
    );
  }
  return lines.map((line, index) => <Line key={index} line={line} signed={signed} />);
}

function Line({ line: { change, text }, signed }: { line: LineChange; signed: boolean }) {
  const { sign, said, look } = LOOKS[change];
  return (
    <div className={cx('flex min-h-5 gap-2 px-1', look)}>
      {signed ? null : (
        <span aria-hidden className="w-[1ch] shrink-0 select-none">
          {sign}
        </span>
      )}
      {said === '' ? null : <span className="sr-only">{said}</span>}
      <span className="min-w-0 whitespace-pre-wrap">
        <UntrustedText text={text} />
      </span>
    </div>
  );
}
