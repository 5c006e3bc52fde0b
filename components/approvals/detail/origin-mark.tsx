import { CircleHelp, FileWarning, Quote, Sigma } from 'lucide-react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ArgumentOrigin } from '../argument-rows';
import { ORIGIN_WORDS } from '../provenance-words';

const ICONS = {
  request: Quote,
  derived: Sigma,
  third_party: FileWarning,
  unknown: CircleHelp,
} as const;

/** Where a value came from, in a word and an icon; the alarming one also in color. */
export function OriginMark({ origin }: { origin: ArgumentOrigin | null }) {
  if (origin === null) {
    return (
      <span
        className="text-xs text-ink-3"
        data-hint="Belay did not compare this value with a request or with what the agent read."
      >
        not checked
      </span>
    );
  }
  const words = ORIGIN_WORDS[origin.origin];
  const Icon = ICONS[origin.origin];
  return (
    <span
      data-hint={words.means}
      className={cx(
        'inline-flex items-center gap-1 text-xs whitespace-nowrap',
        words.alarming ? 'font-semibold text-sev-2' : 'text-ink-2',
      )}
    >
      <Icon aria-hidden size={12} className="shrink-0" />
      {words.label}
    </span>
  );
}

/** The passage in which the agent read the value, when it says more than the value itself. */
export function OriginExcerpt({ origin, value }: { origin: ArgumentOrigin | null; value: string }) {
  if (origin?.origin !== 'third_party' || origin.span === undefined) return null;
  const { excerpt } = origin.span;
  if (excerpt.trim() === value.trim()) return null;
  return (
    <div className="mt-1.5 border-l-2 border-sev-2 bg-sev-2-soft px-2.5 py-1.5">
      <p className="font-sans text-xs font-medium text-sev-2">The agent read this from outside:</p>
      <UntrustedText text={excerpt} mono block className="text-ink" />
    </div>
  );
}
