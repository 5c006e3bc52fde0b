'use client';

import { Ellipsis } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { cx } from '@/components/ui/class-names';
import { Menu, MenuLink } from '@/components/ui/menu';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { PendingCount, useIsCurrent } from './navigation';
import { CONSOLE_PAGES, type ConsolePage } from './pages';
import { usePendingCount } from './use-shell-data';

const itemClass = (current: boolean) =>
  cx(
    'relative flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px]',
    current ? 'font-medium text-accent' : 'text-ink-2',
  );

function PhoneLink({
  page,
  current,
  count,
}: {
  page: ConsolePage;
  current: boolean;
  count: number;
}) {
  const workspace = useWorkspace();
  return (
    <Link
      href={`/${workspace}/${page.path}`}
      aria-current={current ? 'page' : undefined}
      className={itemClass(current)}
    >
      <page.icon aria-hidden size={20} />
      <span className="truncate">{page.label}</span>
      {count > 0 ? (
        <PendingCount
          count={count}
          className="absolute top-1 left-1/2 h-4! min-w-4! px-1! text-[10px]!"
        />
      ) : null}
    </Link>
  );
}

function MorePages({ pages, current }: { pages: readonly ConsolePage[]; current: boolean }) {
  const workspace = useWorkspace();
  return (
    <Menu
      label={t('More pages')}
      align="end"
      side="top"
      className="flex-1"
      trigger={
        <button type="button" className={itemClass(current)}>
          <Ellipsis aria-hidden size={20} />
          {t('More')}
        </button>
      }
    >
      {pages.map((page) => (
        <MenuLink key={page.path}>
          <Link href={`/${workspace}/${page.path}`}>
            <page.icon aria-hidden size={16} />
            {page.label}
          </Link>
        </MenuLink>
      ))}
    </Menu>
  );
}

/** The navigation of a phone: four pages under the thumb, the others in a menu. */
export function BottomBar() {
  const pending = usePendingCount() ?? 0;
  const isCurrent = useIsCurrent();
  const rest = CONSOLE_PAGES.filter((page) => !page.phone);
  return (
    <nav
      aria-label={t('Pages on a phone')}
      data-chrome
      className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {CONSOLE_PAGES.filter((page) => page.phone).map((page) => (
        <PhoneLink
          key={page.path}
          page={page}
          current={isCurrent(page)}
          count={page.path === 'approvals' ? pending : 0}
        />
      ))}
      <MorePages pages={rest} current={rest.some(isCurrent)} />
    </nav>
  );
}
