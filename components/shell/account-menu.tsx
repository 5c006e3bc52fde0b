'use client';

import { BellRing, CircleUser, Eye, KeyRound, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { chooseTheme, currentTheme, type Theme } from '@/lib/client/preferences';
import { usePermission, useSession } from '@/lib/client/session';
import { signOut } from '@/lib/client/sign-in';

const THEMES = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const satisfies readonly { value: Theme; label: string; icon: typeof Sun }[];

function ThemeItems() {
  const [theme, setTheme] = useState(currentTheme);
  return THEMES.map(({ value, label, icon: Icon }) => (
    <MenuItem
      key={value}
      checked={theme === value}
      onSelect={() => {
        chooseTheme(value);
        setTheme(value);
      }}
    >
      <Icon aria-hidden size={16} />
      {label}
    </MenuItem>
  ));
}

/** Who is signed in, with which role; theme, password, sign out. */
export function AccountMenu() {
  const { person, role, workspace } = useSession();
  const mayDecide = usePermission('approvals.decide');
  const router = useRouter();
  return (
    <Menu
      align="end"
      label="Account"
      trigger={
        <IconButton label={`Account: ${person.name}`} icon={<CircleUser aria-hidden size={18} />} />
      }
    >
      <div className="px-2 py-1.5">
        <p className="font-medium">{person.name}</p>
        <p className="text-dense text-ink-2">
          {person.email}, {role}
        </p>
      </div>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <ThemeItems />
      <MenuSeparator />
      {mayDecide ? (
        <MenuItem onSelect={() => router.push(`/${workspace.slug}/reviewing`)}>
          <Eye aria-hidden size={16} />
          My reviewing
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => router.push(`/${workspace.slug}/settings?tab=you`)}>
        <BellRing aria-hidden size={16} />
        Passkeys and notifications
      </MenuItem>
      <MenuItem onSelect={() => router.push('/sign-in/password')}>
        <KeyRound aria-hidden size={16} />
        Change password
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden size={16} />
        Sign out
      </MenuItem>
    </Menu>
  );
}
