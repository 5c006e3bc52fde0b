import type { ToolImport } from '@/lib/contracts';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t, texts } from '@/lib/client/language';
import { changedLines, linesOf, type Line } from './definition-lines';
import { WARNING_WORDS } from './fact-words';

const LOOK: Readonly<Record<Line['kind'], { sign: string; className: string }>> = {
  same: { sign: ' ', className: '' },
  gone: { sign: '−', className: 'bg-rejected-soft text-rejected' },
  new: { sign: '+', className: 'bg-approved-soft text-approved' },
};
const SPOKEN: Readonly<Record<Exclude<Line['kind'], 'same'>, string>> = texts({
  gone: 'Removed:',
  new: 'Added:',
});

/** What stands out in what the server says. */
export function Warnings({ tool }: { tool: ToolImport }) {
  if (tool.seen.warnings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-dense" aria-label={t('What stands out')}>
      {tool.seen.warnings.map(({ kind, path, excerpt }, index) => (
        <li key={index} className="rounded-sm bg-sev-2-soft px-2 py-1 text-sev-2">
          {WARNING_WORDS[kind]} (<code>{path}</code>):{' '}
          <UntrustedText text={excerpt} className="text-ink" />
        </li>
      ))}
    </ul>
  );
}

/** The whole definition, or what changed in it since a person confirmed it. Every word is the server's. */
export function DefinitionView({ tool }: { tool: ToolImport }) {
  const before = tool.confirmed?.definition;
  const after = linesOf(tool.seen.definition);
  const lines: Line[] =
    before === undefined || tool.state !== 'changed'
      ? after.map((text) => ({ kind: 'same', text }))
      : changedLines(linesOf(before), after);
  return (
    <div
      role="region"
      // It is read before anything is said about it.
      data-dialog-start
      aria-label={tool.state === 'changed' ? t('What changed') : t('Definition')}
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-[12.5px]"
    >
      {lines.map(({ kind, text }, index) => (
        <div key={index} className={cx('flex gap-2 px-2', LOOK[kind].className)}>
          <span aria-hidden className="w-3 shrink-0 select-none">
            {LOOK[kind].sign}
          </span>
          {kind !== 'same' ? <span className="sr-only">{SPOKEN[kind]}</span> : null}
          <span className="whitespace-pre-wrap">
            <UntrustedText text={text} />
          </span>
        </div>
      ))}
    </div>
  );
}
