import { Ban, CircleCheck, CirclePause, Lightbulb } from 'lucide-react';
import type { Outcome } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { cx } from './class-names';

const LOOKS = {
  allow: {
    icon: CircleCheck,
    get word() {
      return t('Allowed');
    },
    code: 'allow',
    tone: 'text-ink-2',
  },
  require_approval: {
    icon: CirclePause,
    get word() {
      return t('Waits for a person');
    },
    code: 'require_approval',
    tone: 'text-accent',
  },
  suggest: {
    icon: Lightbulb,
    get word() {
      return t('Suggested only');
    },
    code: 'suggest',
    tone: 'text-ink-2',
  },
  deny: {
    icon: Ban,
    get word() {
      return t('Denied');
    },
    code: 'deny',
    tone: 'text-sev-1',
  },
} as const satisfies Record<Outcome, unknown>;

/** What Belay answered to a call: a shape and a word, with the wire code on hover. */
export function OutcomeMark({
  outcome,
  word,
  settled,
  className,
}: {
  outcome: Outcome;
  word?: string;
  /** Nobody is waited for any more: keep the shape, drop the color that asks for attention. */
  settled?: boolean;
  className?: string;
}) {
  const look = LOOKS[outcome];
  return (
    <span
      data-hint={look.code}
      className={cx(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        settled ? 'text-ink-2' : look.tone,
        className,
      )}
    >
      <look.icon aria-hidden size={14} className="shrink-0" />
      {word ?? look.word}
    </span>
  );
}
