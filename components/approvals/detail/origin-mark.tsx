import { CircleHelp, FileWarning, Quote, Sigma } from 'lucide-react';
import { cx } from '@/components/ui/class-names';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
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
        data-hint={t(
          'Belay did not compare this value with a request or with what the agent read.',
        )}
      >
        {t('not checked')}
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

/** In which read the value stands, as a way to the place in its text. */
export function OriginSource({
  origin,
  sources,
}: {
  origin: ArgumentOrigin | null;
  sources: ApprovalDetail['sources'];
}) {
  const source = sources.find(({ id }) => id === origin?.span?.readId);
  if (source === undefined) return null;
  return (
    <a
      href={`#read-${source.id}`}
      className="inline-flex min-h-6 items-center text-xs text-accent underline underline-offset-2"
    >
      {rich('in {tool}', {
        tool: <UntrustedText text={source.tool ?? t('a tool')} mono className="ml-1" />,
      })}
    </a>
  );
}
