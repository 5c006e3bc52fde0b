'use client';

import { OctagonX, Search } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useEffect, useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { latePart } from '@/components/ui/late-part';
import { useFirstSign } from '@/components/ui/use-first-sign';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { AccountMenu } from './account-menu';
import { ConnectionState } from './connection-state';
import { WorkspaceSwitcher } from './workspace-switcher';

const [CommandPalette, fetchPalette] = latePart(
  async () => (await import('./command-palette')).CommandPalette,
  {
    loading: null,
    get what() {
      return t('Search and commands could not be opened.');
    },
    box: 'fixed inset-x-4 bottom-4 z-50 max-md:bottom-20 mx-auto max-w-md rounded-lg border border-line bg-raised shadow-pop',
    giveUp: ({ onOpenChange }) => onOpenChange(false),
  },
);

function useShortcut(open: () => void) {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey)
        return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, [open]);
}

/** Workspace, search, the state of the connection, and the way to stop things: on every page. */
export function TopBar() {
  const workspace = useWorkspace();
  const mayStop = usePermission('switches.set');
  // Once opened the palette stays mounted. Its code is there before it is: what is typed next is meant for it.
  useFirstSign(fetchPalette);
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never');
  const [openPalette] = useState(() => () => setPalette('open'));
  useShortcut(openPalette);
  return (
    <header
      data-chrome
      className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-3 md:px-4"
    >
      <WorkspaceSwitcher />
      <button
        type="button"
        onClick={openPalette}
        aria-label={t('Search and commands')}
        aria-keyshortcuts="Control+K Meta+K"
        className="ml-auto flex h-8 items-center gap-2 rounded-md border border-line px-2.5 text-dense text-ink-2 hover:bg-hover md:w-72"
      >
        <Search aria-hidden size={14} />
        <span className="max-md:hidden">{t('Search or go to…')}</span>
        <span className="ml-auto flex gap-0.5 max-md:hidden">
          <Kbd>{t('Ctrl')}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <ConnectionState />
      {mayStop ? (
        <Link
          href={`/${workspace}/kill-switches?set=1`}
          className={`${buttonClass('danger-outline')} max-md:hidden`}
        >
          <OctagonX aria-hidden size={14} />
          {t('Stop…')}
        </Link>
      ) : null}
      <AccountMenu />
      {palette === 'never' ? null : (
        <CommandPalette
          open={palette === 'open'}
          onOpenChange={(open) => setPalette(open ? 'open' : 'closed')}
        />
      )}
    </header>
  );
}
