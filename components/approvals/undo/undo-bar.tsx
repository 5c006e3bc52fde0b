import { Undo2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useNow } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import { TroubleStrip } from '../trouble-strip';
import { KeyHint } from '../verdict/key-hint';
import { secondsLeft, type UndoOffer } from './undo-offers';
import type { useUndo } from './use-undo';

const DONE: Readonly<Record<UndoOffer['outcome'], string>> = {
  get approved() {
    return t('Approved.');
  },
  get rejected() {
    return t('Rejected.');
  },
};

/** The verdict just given, and how long it can be taken back. It stands under the page and moves nothing above it. */
export function UndoBar({ undo }: { undo: ReturnType<typeof useUndo> }) {
  const { newest, failure, dismissFailure } = undo;
  return (
    <>
      {failure === null ? null : <TroubleStrip text={failure} onDismiss={dismissFailure} />}
      {newest === undefined ? null : <Offer undo={undo} newest={newest} />}
    </>
  );
}

function Offer({ undo, newest }: { undo: ReturnType<typeof useUndo>; newest: UndoOffer }) {
  const { others, sending } = undo;
  return (
    <section
      aria-label={t('Your last verdict')}
      className="flex min-h-11 shrink-0 items-center gap-3 border-t border-line bg-sunken px-4 py-1 text-dense md:px-6"
    >
      <p className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <strong className="shrink-0 font-semibold">{DONE[newest.outcome]}</strong>
        <span className="min-w-0 truncate text-ink-2">
          <UntrustedText text={newest.tool} mono /> <UntrustedText text={newest.resource} mono />
        </span>
        {others > 0 ? (
          <span className="shrink-0 text-ink-2">{t('and {others} before it', { others })}</span>
        ) : null}
      </p>
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

function SecondsLeft({ offer }: { offer: UndoOffer }) {
  const left = secondsLeft(offer, useNow());
  return (
    <span className="shrink-0 text-ink-2 tabular-nums" aria-live="off">
      {t('counts in {left} s', { left })}
    </span>
  );
}
