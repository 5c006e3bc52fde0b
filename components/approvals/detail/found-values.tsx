'use client';

import { useDeferredValue, useMemo } from 'react';
import { markedSegments } from '@/components/ui/marked-segments';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import type { ArgumentRow } from '../argument-rows';
import { type FoundPart, type FoundValue, findValues } from '../find-matches';
import { ArgumentLine, type Sources } from './argument-line';

/** Values listed; the number of all is said. */
const MOST_VALUES = 100;

/** The values that have the words in their name or text, with the words marked and what is around them. */
export function FoundValues({
  rows,
  words,
  sources,
}: {
  rows: readonly ArgumentRow[];
  words: string;
  sources: Sources;
}) {
  const wanted = useDeferredValue(words);
  const found = useMemo(() => findValues(rows, wanted), [rows, wanted]);
  return (
    <>
      <p role="status" className="border-b border-line px-3 py-1.5 text-xs text-ink-2">
        {foundWords(found, rows.length)}
      </p>
      {found.slice(0, MOST_VALUES).map((value) => (
        <ArgumentLine key={value.row.path} row={value.row} sources={sources}>
          {value.places === 0 ? undefined : <Parts value={value} />}
        </ArgumentLine>
      ))}
      {found.length > MOST_VALUES ? (
        <p className="border-b border-line px-3 py-1.5 text-dense font-medium">
          {counted(
            found.length - MOST_VALUES,
            'And {count} more value: search for more of the text.',
            'And {count} more values: search for more of the text.',
          )}
        </p>
      ) : null}
    </>
  );
}

function foundWords(found: readonly FoundValue[], of: number): string {
  if (found.length === 0)
    return counted(
      of,
      'None of the {count} value has this text.',
      'None of the {count} values has this text.',
    );
  const places = found.reduce((sum, value) => sum + value.places, 0);
  return counted(
    places,
    '{count} place in {values} of {of} values. The others are left out while you search.',
    '{count} places in {values} of {of} values. The others are left out while you search.',
    { values: found.length, of },
  );
}

function Parts({ value: { parts, more } }: { value: FoundValue }) {
  const lines = parts.some(({ line, text }) => line > 1 || text.includes('\n'));
  return (
    <div className="flex flex-col gap-1">
      {parts.map((part, index) => (
        <div key={index} className="min-w-0">
          {lines ? (
            <span className="mr-2 font-sans text-xs text-ink-2">
              {t('line {line}', { line: part.line })}
            </span>
          ) : null}
          <Part part={part} />
        </div>
      ))}
      {more > 0 ? (
        <p className="font-sans text-xs text-ink-2">
          {counted(more, 'And {count} more place.', 'And {count} more places.')}
        </p>
      ) : null}
    </div>
  );
}

function Part({ part: { text, matches } }: { part: FoundPart }) {
  return (
    <span className="whitespace-pre-wrap wrap-anywhere">
      {markedSegments(text, matches).map((segment, index) =>
        segment.inside.length === 0 ? (
          <UntrustedText key={index} text={segment.text} />
        ) : (
          <mark
            key={index}
            className="bg-hover font-bold text-ink underline decoration-2 underline-offset-2"
          >
            <UntrustedText text={segment.text} />
          </mark>
        ),
      )}
    </span>
  );
}
