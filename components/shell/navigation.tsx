'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { usePathname } from 'next/navigation';
import { IconButton } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { useWorkspace } from '@/lib/client/session';
import { spokenNumber, t } from '@/lib/client/language';
import { BrandMark } from './brand-mark';
import { CONSOLE_PAGES, type ConsolePage } from './pages';
import { usePendingCount } from './use-shell-data';

export function PendingCount({ count, className }: { count: number; className?: string }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold text-accent-ink',
        className,
      )}
    >
      {count > 999 ? '999+' : spokenNumber(count)}
      <span className="sr-only"> {t('waiting')}</span>
    </span>
  );
}

/** Whether the address is this page or below it. */
export function useIsCurrent(): (page: ConsolePage) => boolean {
  const segments = usePathname().split('/');
  return (page) => segments[2] === page.path;
}

function PageLink({
  page,
  narrow,
  current,
  count,
}: {
  page: ConsolePage;
  narrow: boolean;
  current: boolean;
  count: number | undefined;
}) {
  const workspace = useWorkspace();
  return (
    <Link
      href={`/${workspace}/${page.path}`}
      aria-current={current ? 'page' : undefined}
      data-hint={narrow ? page.label : undefined}
      className={cx(
        'relative flex h-8 items-center gap-2.5 rounded-md text-sm',
        narrow ? 'justify-center' : 'px-2.5',
        current ? 'bg-hover font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      {current ? (
        <span aria-hidden className="absolute inset-y-1.5 left-0 w-0.5 rounded-full bg-accent" />
      ) : null}
      <page.icon aria-hidden size={16} className="shrink-0" />
      <span className={narrow ? 'sr-only' : 'truncate'}>{page.label}</span>
      {count ? (
        <PendingCount
          count={count}
          className={
            narrow ? 'absolute -top-1 -right-1 h-4! min-w-4! px-1! text-[10px]!' : 'ml-auto'
          }
        />
      ) : null}
    </Link>
  );
}

function Home({ narrow }: { narrow: boolean }) {
  const workspace = useWorkspace();
  return (
    <Link
      href={`/${workspace}/overview`}
      className={cx(
        'flex h-12 items-center gap-2 border-b border-line -outline-offset-2',
        narrow ? 'justify-center' : 'px-4',
      )}
    >
      <BrandMark />
      <span className={narrow ? 'sr-only' : 'text-lg font-semibold tracking-tight'}>Belay</span>
    </Link>
  );
}

/** The pages, on the left; on a phone the bottom bar takes its place. */
export function Navigation({ narrow, onToggle }: { narrow: boolean; onToggle: () => void }) {
  const pending = usePendingCount();
  const isCurrent = useIsCurrent();
  const Toggle = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label={t('Pages')}
      data-chrome
      className={cx(
        'hidden shrink-0 flex-col border-r border-line bg-surface md:flex',
        narrow ? 'w-14' : 'w-52',
      )}
    >
      <Home narrow={narrow} />
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto p-2">
        {CONSOLE_PAGES.map((page) => (
          <PageLink
            key={page.path}
            page={page}
            narrow={narrow}
            current={isCurrent(page)}
            count={page.path === 'approvals' ? pending : undefined}
          />
        ))}
      </div>
      <div className={cx('flex border-t border-line p-2', narrow && 'justify-center')}>
        <IconButton
          label={narrow ? t('Widen the navigation') : t('Narrow the navigation')}
          aria-expanded={!narrow}
          onClick={onToggle}
          icon={<Toggle aria-hidden size={16} />}
        />
      </div>
    </nav>
  );
}
