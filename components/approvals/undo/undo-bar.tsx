import { Undo2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { useNow } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { counted, t } from '@/lib/client/language';
import { TroubleStrip } from '../trouble-strip';
import { KeyHint } from '../verdict/key-hint';
import { secondsLeft, type EndedOffer, type UndoOffer } from './undo-offers';
import type { useUndo } from './use-undo';

const DONE: Readonly<Record<UndoOffer['outcome'], string>> = {
  get approved() {
    return t('Approved.');
  },
  get edited() {
    return t('Approved with edits.');
  },
  get rejected() {
    return t('Rejected.');
  },
};

/** The verdict just given, and how long it can be taken back. It stands under the page and moves nothing above it. */
export function UndoBar({ undo }: { undo: ReturnType<typeof useUndo> }) {
  const { newest, ended, failure, dismissFailure } = undo;
  return (
    <>
      {failure === null ? null : <TroubleStrip text={failure} onDismiss={dismissFailure} />}
      {newest === undefined ? null : <Offer undo={undo} newest={newest} />}
      {ended === null || failure !== null ? null : <Ended ended={ended} />}
    </>
  );
}

const BAR =
  'flex min-h-11 shrink-0 items-center gap-x-3 border-t border-line bg-sunken px-4 py-1 text-dense md:px-6';

function Offer({ undo, newest }: { undo: ReturnType<typeof useUndo>; newest: UndoOffer }) {
  const { others, sending } = undo;
  return (
    <section aria-label={t('Your last verdict')} className={cx(BAR, 'max-md:flex-wrap')}>
      <What offer={newest} />
      {others > 0 ? (
        <span className="shrink-0 text-ink-2">
          {counted(
            others,
            '{count} earlier one can be undone after it',
            '{count} earlier ones can be undone after it',
          )}
        </span>
      ) : null}
      <SecondsLeft offer={newest} />
      <Button
        size="sm"
        pending={sending}
        className="max-md:h-11"
        icon={<Undo2 aria-hidden size={14} />}
        onClick={() => void undo.undo()}
      >
        {t('Undo')} <KeyHint>u</KeyHint>
      </Button>
    </section>
  );
}

/** That a verdict counts now, and whether the agent has acted on it. */
function Ended({ ended: { offer, used } }: { ended: EndedOffer }) {
  return (
    <section aria-label={t('Your last verdict')} className={BAR}>
      <What offer={offer} />
      <span role="status" className="text-right text-ink-2">
        {used
          ? t('The agent has used it, so it cannot be undone any more.')
          : offer.outcome !== 'rejected'
            ? t('It cannot be undone any more. The agent has not used it yet.')
            : t('It cannot be undone any more.')}
      </span>
    </section>
  );
}

function What({ offer: { outcome, tool, resource } }: { offer: UndoOffer }) {
  return (
    <p className="flex min-w-0 flex-1 items-baseline gap-1.5">
      <strong className="shrink-0 font-semibold">{DONE[outcome]}</strong>
      <span className="min-w-0 truncate text-ink-2">
        <UntrustedText text={tool} mono /> <UntrustedText text={resource} mono />
      </span>
    </p>
  );
}

function SecondsLeft({ offer }: { offer: UndoOffer }) {
  const left = secondsLeft(offer, useNow());
  return (
    <span className="shrink-0 text-ink-2 tabular-nums" aria-live="off">
      {t('can be undone for {left} s', { left })}
    </span>
  );
}
