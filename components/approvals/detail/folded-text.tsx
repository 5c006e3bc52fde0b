'use client';

import { useState } from 'react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { revealUntrusted } from '@/components/ui/untrusted';
import { counted, t } from '@/lib/client/language';
import { foldText } from '../text-fold';

/** A text of the agent or of third parties. A long one keeps both ends and says in the middle what is folded. */
export function FoldedText({ text, mono }: { text: string; mono?: boolean }) {
  const [open, setOpen] = useState(false);
  const { head, folded, tail } = foldText(text);
  if (folded === null || open) {
    return (
      <>
        <UntrustedText text={text} mono={mono} block />
        {folded === null ? null : (
          <FoldButton onClick={() => setOpen(false)} label={t('Fold again')} folded={false} />
        )}
      </>
    );
  }
  const hidden = revealUntrusted(folded.text).filter((segment) => segment.kind !== 'text').length;
  return (
    <>
      <UntrustedText text={head} mono={mono} block />
      <FoldButton
        onClick={() => setOpen(true)}
        label={
          folded.lines > 1
            ? t('Show {characters} more characters in {lines} lines', folded)
            : counted(
                folded.characters,
                'Show {count} more character',
                'Show {count} more characters',
              )
        }
        warning={
          hidden > 0
            ? counted(
                hidden,
                '{count} hidden or look-alike passage inside',
                '{count} hidden or look-alike passages inside',
              )
            : null
        }
      />
      <UntrustedText text={tail} mono={mono} block />
    </>
  );
}

/** The cue that something is folded: a torn edge over the whole width, with the size on it. */
export function FoldButton({
  label,
  warning,
  folded = true,
  onClick,
}: {
  label: string;
  warning?: string | null;
  /** It unfolds something that is folded now. */
  folded?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      data-folded={folded || undefined}
      onClick={onClick}
      className="my-1 flex min-h-6 w-full items-center gap-2 rounded-sm font-sans text-xs font-medium text-accent before:h-px before:min-w-4 before:flex-1 before:border-t before:border-dashed before:border-line-strong after:h-px after:min-w-4 after:flex-1 after:border-t after:border-dashed after:border-line-strong hover:text-accent-hover hover:underline"
    >
      {label}
      {warning ? <span className="text-sev-2">{warning}</span> : null}
    </button>
  );
}
