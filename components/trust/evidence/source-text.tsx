import { FileWarning } from 'lucide-react';
import { MarkedText, type MarkedPlace } from '@/components/ui/marked-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Extract, SourceRead, TextMark } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { argumentName } from './evidence-words';

/**
 * A text the agent read, written by others: the words that were found again in the call are marked with the argument's
 * name, orders as such. What is left out is counted where it is left out.
 */
export function SourceText({ read }: { read: SourceRead }) {
  return (
    <figure
      id={`read-${read.id}`}
      aria-label={t('Untrusted text from {tool}', { tool: read.tool ?? t('a tool') })}
      className="min-w-0 scroll-mt-16 overflow-hidden rounded-md border border-line border-l-sev-2 border-l-2"
    >
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line bg-sunken px-3 py-1.5 text-xs text-ink-2">
        <span className="inline-flex items-center gap-1 font-medium text-sev-2">
          <FileWarning aria-hidden size={12} className="shrink-0" />
          {t('Untrusted text')}
        </span>
        {read.tool === null ? null : <UntrustedText text={read.tool} mono className="text-ink" />}
        {read.at === null ? null : (
          <span>{rich('read {time}', { time: <RelativeTime at={read.at} focusable /> })}</span>
        )}
        <span className="ml-auto">{sizeOf(read)}</span>
      </figcaption>
      <div className="flex flex-col bg-surface px-3 py-2">
        {read.extracts.map((extract, index) => (
          <Part key={index} extract={extract} />
        ))}
        <Skipped characters={read.skippedAfter} where="after" />
        {read.extracts.length === 0 ? (
          <p className="text-dense text-ink-2">{t('No words of it were kept.')}</p>
        ) : null}
      </div>
    </figure>
  );
}

function sizeOf({ wordsOnly, tool, characters, truncated }: SourceRead): string {
  if (tool === null) return t('the text is no longer kept, only these words');
  if (wordsOnly) return t('only these words: the rest holds secrets');
  return truncated
    ? counted(
        characters,
        'the first {count} character; there was more',
        'the first {count} characters; there was more',
      )
    : counted(characters, '{count} character', '{count} characters');
}

function Part({ extract }: { extract: Extract }) {
  return (
    <>
      <Skipped characters={extract.skipped} where="before" />
      <p className="min-w-0">
        <MarkedText text={extract.text} places={extract.marks.map(placeOf)} />
      </p>
    </>
  );
}

function placeOf({ start, end, what, path }: TextMark): MarkedPlace {
  return what === 'order'
    ? { start, end, label: t('order to the agent'), look: 'soft' }
    : { start, end, label: argumentName(path ?? ''), look: 'strong' };
}

function Skipped({ characters, where }: { characters: number; where: 'before' | 'after' }) {
  if (characters === 0) return null;
  return (
    <p className="my-1 flex items-center gap-2 text-xs text-ink-3 before:h-px before:w-6 before:border-t before:border-dashed before:border-line-strong after:h-px after:flex-1 after:border-t after:border-dashed after:border-line-strong">
      {where === 'before'
        ? counted(
            characters,
            '{count} character before this not shown',
            '{count} characters before this not shown',
          )
        : counted(
            characters,
            '{count} character after this not shown',
            '{count} characters after this not shown',
          )}
    </p>
  );
}
