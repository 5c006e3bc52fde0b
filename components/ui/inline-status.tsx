import { CircleAlert, CircleCheck, Info, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names';

export type StatusTone = 'info' | 'pending' | 'done' | 'warning' | 'error';

const LOOK: Record<StatusTone, { icon: typeof Info; className: string }> = {
  info: { icon: Info, className: 'bg-sunken text-ink-2' },
  pending: { icon: LoaderCircle, className: 'bg-sunken text-ink-2' },
  done: { icon: CircleCheck, className: 'bg-sunken text-ink' },
  warning: { icon: TriangleAlert, className: 'bg-sev-3-soft text-sev-3' },
  error: { icon: CircleAlert, className: 'bg-sev-1-soft text-sev-1' },
};

/** What became of an action, said where it was taken and kept there. Announced to screen readers. */
export function InlineStatus({
  tone,
  children,
  action,
  className,
}: {
  tone: StatusTone;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, className: look } = LOOK[tone];
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2 rounded-md px-3 py-2 text-dense', look, className)}
    >
      <Icon
        aria-hidden
        size={16}
        className={cx(
          'mt-px shrink-0',
          tone === 'pending' && 'animate-spin motion-reduce:animate-none',
        )}
      />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
