import { Link } from '@/components/ui/link';
import { cx } from '@/components/ui/class-names';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { saidWord } from '@/components/trust/feedback/feedback-words';
import type { Review } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';
import { RiskMark } from '../risk-mark';

interface SampleRowProps {
  review: Review;
  href: string;
  current: boolean;
  onOpen: () => void;
}

/** One sample: what ran, by whom, and where the look at it stands. */
export function SampleRow({ review, href, current, onOpen }: SampleRowProps) {
  return (
    <li>
      <Link
        href={href}
        data-sample={review.id}
        aria-current={current ? 'true' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
        className={cx(
          'flex min-h-16 flex-col justify-center gap-1 border-b border-l-[3px] border-line px-3 py-2 -outline-offset-2',
          current ? 'border-l-accent bg-accent-soft' : 'border-l-transparent hover:bg-hover',
        )}
      >
        <span className="flex min-w-0 items-center gap-2 text-dense">
          <RiskMark risk={review.risk} />
          <UntrustedText text={review.agent.name} className="min-w-0 flex-1 truncate text-ink-2" />
          <RelativeTime at={review.decidedAt} className="text-ink-2" />
        </span>
        <span className="flex min-w-0 items-baseline gap-2 text-sm">
          <UntrustedText text={review.tool} mono className="truncate font-medium" />
          <UntrustedText
            text={`${review.resource.type} ${review.resource.id}`}
            className="min-w-0 flex-1 truncate text-ink-2"
          />
          <span className="text-xs text-ink-2">{standing(review)}</span>
        </span>
      </Link>
    </li>
  );
}

const LEFT = texts({
  open: 'waits for a second look',
  done: 'looked at',
  lapsed: 'nobody looked',
});

function standing({ mine, state, wanted, given }: Review): string {
  if (mine !== null) return saidWord(mine);
  if (state === 'open') return wanted > 1 ? t('{given} of {wanted} looked', { given, wanted }) : '';
  return LEFT[state];
}
