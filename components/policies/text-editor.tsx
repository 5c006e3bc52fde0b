'use client';

import { useRef, type RefObject, type UIEvent } from 'react';
import { cx } from '@/components/ui/class-names';
import { offsetOf, type PlacedNote } from './draft';

const LINE_PX = 20;
const MONO = 'font-mono text-[12.5px] leading-5';

function Gutter({
  lines,
  marked,
  ref,
}: {
  lines: number;
  marked: ReadonlySet<number>;
  ref: RefObject<HTMLDivElement | null>;
}) {
  return (
    <div
      ref={ref}
      aria-hidden
      className={cx(
        MONO,
        'shrink-0 overflow-hidden border-r border-line bg-sunken py-2 text-right text-ink-2 select-none',
      )}
    >
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className={cx(
            'h-5 px-2',
            marked.has(index + 1) && 'bg-sev-1-soft font-semibold text-sev-1',
          )}
        >
          {index + 1}
        </div>
      ))}
    </div>
  );
}

/** Takes the caret to a place of the text and brings its line into sight. */
export function goTo(
  area: HTMLTextAreaElement | null,
  place: Pick<PlacedNote, 'line' | 'column'>,
): void {
  if (!area) return;
  const at = offsetOf(area.value, place);
  area.focus();
  area.setSelectionRange(at, at);
  area.scrollTop = Math.max(0, (place.line - 5) * LINE_PX);
}

/** Cedar text with its line numbers beside it; lines with problems are marked. Long lines scroll, so that a number is a line. */
export function TextEditor({
  id,
  value,
  onChange,
  problems,
  describedBy,
  area,
}: {
  id: string;
  value: string;
  onChange: (text: string) => void;
  problems: readonly PlacedNote[];
  describedBy: string | undefined;
  area: RefObject<HTMLTextAreaElement | null>;
}) {
  const gutter = useRef<HTMLDivElement>(null);
  const follow = (event: UIEvent<HTMLTextAreaElement>) => {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
  };
  return (
    <div className="flex h-[28rem] min-h-40 resize-y overflow-hidden rounded-md border border-line-strong bg-surface max-sm:h-80">
      <Gutter
        ref={gutter}
        lines={value.split('\n').length}
        marked={new Set(problems.map(({ line }) => line))}
      />
      <textarea
        id={id}
        ref={area}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={follow}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        aria-invalid={problems.length > 0 || undefined}
        aria-describedby={describedBy}
        className={cx(
          MONO,
          'min-w-0 flex-1 resize-none overflow-auto bg-surface px-3 py-2 whitespace-pre text-ink',
        )}
      />
    </div>
  );
}
