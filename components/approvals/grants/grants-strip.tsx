'use client';

import { useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { latePart } from '@/components/ui/late-part';
import { counted } from '@/lib/client/language';
import { t } from '@/lib/client/language';
import { liveGrantsOptions } from '@/components/trust/grants/grants-query';

const [GrantsDrawer] = latePart(async () => (await import('./grants-drawer')).GrantsDrawer, {
  loading: null,
  get what() {
    return t('The grants could not be shown.');
  },
});

/** That calls run without asking, as long as some do, and the way to stop it. */
export function GrantsStrip({ workspace }: { workspace: string }) {
  const grants = useQuery(liveGrantsOptions(workspace)).data?.items ?? [];
  const [open, setOpen] = useState(false);
  if (grants.length === 0 && !open) return null;
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line bg-sunken px-3 py-1 text-dense">
      <ListChecks aria-hidden size={14} className="shrink-0 text-ink-2" />
      <span className="min-w-0 flex-1 truncate">
        {counted(
          grants.length,
          '{count} grant lets calls run unasked',
          '{count} grants let calls run unasked',
        )}
      </span>
      <Button size="sm" variant="quiet" className="max-md:h-11" onClick={() => setOpen(true)}>
        {t('Show')}
      </Button>
      {open ? (
        <GrantsDrawer workspace={workspace} grants={grants} onClose={() => setOpen(false)} />
      ) : null}
    </div>
  );
}
