'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { SCRIM } from '@/components/ui/scrim';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { AgentResults } from './palette-agents';
import { PaletteCommands } from './palette-commands';
import { PALETTE_GROUP, PaletteItem } from './palette-item';
import { PageCommands } from './palette-page';
import { CONSOLE_PAGES } from './pages';

function Pages({ go }: { go: (path: string) => void }) {
  const workspace = useWorkspace();
  return (
    <Command.Group heading={t('Pages')} className={PALETTE_GROUP}>
      {CONSOLE_PAGES.map((page) => (
        <PaletteItem
          key={page.path}
          value={`page ${page.label}`}
          icon={<page.icon aria-hidden size={16} />}
          onSelect={() => go(`/${workspace}/${page.path}`)}
        >
          {page.label}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}

/** A closed dialog gives the focus back a moment later. */
const FOCUS_RETURNS_MS = 30;

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Search over pages, agents and commands, from everywhere with Ctrl or Cmd and K. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const router = useRouter();
  const [search, setSearch] = useState('');
  const close = () => {
    onOpenChange(false);
    setSearch('');
  };
  const doOnPage = (deed: () => void) => {
    close();
    // Not before the focus is back where it was: what is done may move it on from there.
    setTimeout(deed, FOCUS_RETURNS_MS);
  };
  const go = (path: string) => {
    close();
    router.push(path);
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <div aria-hidden className={SCRIM} />
        <Radix.Content
          aria-label={t('Search and commands')}
          aria-describedby={undefined}
          className="animate-enter fixed top-[10vh] left-1/2 z-50 w-[calc(100%-24px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop"
        >
          <Command label={t('Search and commands')}>
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder={t('Search agents, pages and commands')}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-base -outline-offset-2 placeholder:text-ink-3"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-2">
              <PageCommands open={open} run={doOnPage} />
              <Pages go={go} />
              <AgentResults search={search} open={open} go={go} />
              <PaletteCommands go={go} close={close} />
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
