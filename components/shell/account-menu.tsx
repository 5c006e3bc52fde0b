'use client';

import { CircleUser } from 'lucide-react';
import { IconButton } from '@/components/ui/button';
import { latePart } from '@/components/ui/late-part';
import { Menu } from '@/components/ui/menu';
import { Skeleton } from '@/components/ui/states';
import { useFirstSign } from '@/components/ui/use-first-sign';
import { useSession } from '@/lib/client/session';
import { t } from '@/lib/client/language';

// No page opens with its menu open.
const [AccountItems, fetchItems] = latePart(
  async () => (await import('./account-items')).AccountItems,
  {
    loading: <Skeleton className="h-64" />,
    get what() {
      return t('The menu could not be shown.');
    },
  },
);

/** Who is signed in, with which role; theme, password, sign out. */
export function AccountMenu() {
  const { person } = useSession();
  useFirstSign(fetchItems);
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
      <AccountItems />
    </Menu>
  );
}
