'use client';

import { Drawer } from '@/components/ui/dialog';
import { Empty } from '@/components/ui/states';
import { GrantList } from '@/components/trust/grants/grant-list';
import { t } from '@/lib/client/language';
import type { Grant } from '@/lib/contracts';

/** Every grant that holds: what it covers, what is left of it, and revoking it. */
export function GrantsDrawer({
  workspace,
  grants,
  onClose,
}: {
  workspace: string;
  grants: readonly Grant[];
  onClose: () => void;
}) {
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Grants')}
      description={t(
        'Calls like an approved one, which run without asking until their uses or their time are over.',
      )}
    >
      {grants.length === 0 ? (
        <Empty title={t('No grant holds now')}>
          {t('Every call that needs an approval waits for one.')}
        </Empty>
      ) : (
        <GrantList workspace={workspace} grants={grants} />
      )}
    </Drawer>
  );
}
