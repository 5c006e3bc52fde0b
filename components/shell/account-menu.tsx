'use client';

import { BellRing, CircleUser, Eye, KeyRound, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { isLanguage, LANGUAGES } from '@/lib/client/language/languages';
import {
  chooseLanguage,
  chooseTheme,
  chosenLanguage,
  currentTheme,
  type Theme,
} from '@/lib/client/preferences';
import { usePermission, useSession } from '@/lib/client/session';
import { signOut } from '@/lib/client/sign-in';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { t } from '@/lib/client/language';

const THEMES = [
  {
    value: 'system',
    get label() {
      return t('As the system');
    },
    icon: Monitor,
  },
  {
    value: 'light',
    get label() {
      return t('Light');
    },
    icon: Sun,
  },
  {
    value: 'dark',
    get label() {
      return t('Dark');
    },
    icon: Moon,
  },
] as const satisfies readonly { value: Theme; label: string; icon: typeof Sun }[];

function LanguageItems() {
  const [chosen] = useState(chosenLanguage);
  return (
    <>
      <MenuItem checked={chosen === undefined} onSelect={() => chooseLanguage(undefined)}>
        {t('As the browser')}
      </MenuItem>
      {Object.entries(LANGUAGES).map(([code, { name }]) =>
        isLanguage(code) ? (
          <MenuItem key={code} checked={chosen === code} onSelect={() => chooseLanguage(code)}>
            <span lang={code}>{name}</span>
          </MenuItem>
        ) : null,
      )}
    </>
  );
}

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
      label={t('Account')}
      trigger={
        <IconButton
          label={t('Account: {name}', { name: person.name })}
          icon={<CircleUser aria-hidden size={18} />}
        />
      }
    >
      <div className="px-2 py-1.5">
        <p className="font-medium">{person.name}</p>
        <p className="text-dense text-ink-2">
          {person.email}, {ROLE_NAMES[role]}
        </p>
      </div>
      <MenuSeparator />
      <MenuLabel>{t('Theme')}</MenuLabel>
      <ThemeItems />
      <MenuSeparator />
      <MenuLabel>{t('Language')}</MenuLabel>
      <LanguageItems />
      <MenuSeparator />
      {mayDecide ? (
        <MenuItem onSelect={() => router.push(`/${workspace.slug}/reviewing`)}>
          <Eye aria-hidden size={16} />
          {t('My reviewing')}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => router.push(`/${workspace.slug}/settings?tab=you`)}>
        <BellRing aria-hidden size={16} />
        {t('Passkeys and notifications')}
      </MenuItem>
      <MenuItem onSelect={() => router.push('/sign-in/password')}>
        <KeyRound aria-hidden size={16} />
        {t('Change password')}
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden size={16} />
        {t('Sign out')}
      </MenuItem>
    </Menu>
  );
}
