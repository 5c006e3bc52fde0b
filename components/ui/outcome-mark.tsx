import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleX,
  Lightbulb,
  TimerOff,
  type LucideIcon,
} from 'lucide-react';
import type { Decision, Outcome } from '@/lib/contracts';
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

/** How a call ended that waited for a person. */
const ENDED: Readonly<Partial<Record<Decision['state'], LucideIcon>>> = {
  approved: CircleCheck,
  redeemed: CircleCheck,
  rejected: CircleX,
  expired: TimerOff,
  cancelled: CircleSlash,
};

/** What Belay answered to a call: a shape and a word, with the wire code on hover. */
export function OutcomeMark({
  outcome,
  word,
  settled,
  state,
  className,
}: {
  outcome: Outcome;
  word?: string;
  /** Nobody is waited for any more: keep the shape, drop the color that asks for attention. */
  settled?: boolean;
  /** Where a call that needed a person stands now: its shape is that of its end. */
  state?: Decision['state'] | undefined;
  className?: string;
}) {
  const look = LOOKS[outcome];
  const ended = outcome === 'require_approval' && state !== undefined ? ENDED[state] : undefined;
  const Icon = ended ?? look.icon;
  return (
    <span
      data-hint={look.code}
      className={cx(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        settled ? 'text-ink-2' : look.tone,
        className,
      )}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      {word ?? look.word}
    </span>
  );
}
