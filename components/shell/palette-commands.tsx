'use client';

import { Command } from 'cmdk';
import { Building2, LogOut, Moon, OctagonX, Plus, Sun, type LucideIcon } from 'lucide-react';
import { chooseTheme } from '@/lib/client/preferences';
import { useSession, type ClientSession } from '@/lib/client/session';
import { signOut } from '@/lib/client/sign-out';
import { t } from '@/lib/client/language';
import { PALETTE_GROUP, PaletteItem } from './palette-item';

interface PaletteCommand {
  words: string;
  /** Also found by these. */
  alias?: string;
  icon: LucideIcon;
  permission?: string;
  run: () => void;
}

interface Reach {
  go: (path: string) => void;
  close: () => void;
}

function commandsOf(
  { workspace, workspaces }: ClientSession,
  { go, close }: Reach,
): PaletteCommand[] {
  const theme = (value: 'light' | 'dark') => () => {
    chooseTheme(value);
    close();
  };
  const others = workspaces.filter((candidate) => candidate.id !== workspace.id);
  return [
    {
      words: t('Stop an agent, a tool or everything'),
      alias: t('kill switch halt emergency'),
      icon: OctagonX,
      permission: 'switches.set',
      run: () => go(`/${workspace.slug}/kill-switches?set=1`),
    },
    {
      words: t('Register agent'),
      alias: t('new add connect'),
      icon: Plus,
      permission: 'agents.edit',
      run: () => go(`/${workspace.slug}/agents/new`),
    },
    ...others.map(({ name, slug }) => ({
      words: t('Open workspace {name}', { name }),
      icon: Building2,
      run: () => go(`/${slug}/overview`),
    })),
    { words: t('Light theme'), icon: Sun, run: theme('light') },
    { words: t('Dark theme'), icon: Moon, run: theme('dark') },
    { words: t('Sign out'), icon: LogOut, run: () => void signOut() },
  ];
}

/** What can be done from everywhere, as far as the role allows it. */
export function PaletteCommands(reach: Reach) {
  const session = useSession();
  const commands = commandsOf(session, reach).filter(
    ({ permission }) => permission === undefined || session.permissions.includes(permission),
  );
  return (
    <Command.Group heading={t('Commands')} className={PALETTE_GROUP}>
      {commands.map(({ words, alias = '', icon: Icon, run }) => (
        <PaletteItem
          key={words}
          value={`${words} ${alias}`}
          icon={<Icon aria-hidden size={16} />}
          onSelect={run}
        >
          {words}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}
