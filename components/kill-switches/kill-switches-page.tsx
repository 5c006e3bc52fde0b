'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { OctagonX, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { useSearchState } from '@/components/ui/search-state';
import { Empty, Failed, NoPermission, SkeletonRows } from '@/components/ui/states';
import type { KillSwitch } from '@/lib/contracts';
import { ApiError, describeError } from '@/lib/client/api-error';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { InForceList } from './in-force-list';
import { switchPagesOptions } from './queries';
import { ReleaseDialog } from './release-dialog';
import { SetSwitchDialog } from './set-switch-dialog';
import { SwitchHistory } from './switch-history';
import { counted, t } from '@/lib/client/language';

/** The one place for stops: what is in force, what was, and the way to set and release them. */
export function KillSwitchesPage() {
  const mayStop = usePermission('switches.set');
  const { params, write } = useSearchState();
  const setting = mayStop && params.get('set') === '1';
  const [releasing, setReleasing] = useState<KillSwitch | null>(null);
  return (
    <PageBody>
      <PageHeader
        title={t('Kill switches')}
        description={t(
          'A switch stops an agent, a tool, every agent with a tag, or everything, from the moment it is confirmed until somebody releases it.',
        )}
        actions={
          mayStop ? (
            <Button
              variant="danger"
              icon={<OctagonX aria-hidden size={14} />}
              onClick={() => write({ set: '1' })}
            >
              {t('Set a kill switch')}
            </Button>
          ) : (
            <p className="text-dense text-ink-2">
              {t('Analysts, managers and admins can set switches.')}
            </p>
          )
        }
      />
      <Switches onRelease={setReleasing} />
      <SetSwitchDialog open={setting} onOpenChange={(open) => write({ set: open ? '1' : null })} />
      {releasing ? <ReleaseDialog item={releasing} onClose={() => setReleasing(null)} /> : null}
    </PageBody>
  );
}

function Switches({ onRelease }: { onRelease: (item: KillSwitch) => void }) {
  const workspace = useWorkspace();
  const list = useInfiniteQuery(switchPagesOptions(workspace));
  if (!list.data) {
    if (list.error instanceof ApiError && list.error.forbidden)
      return (
        <NoPermission
          what={t('Your role does not let you see the kill switches.')}
          who={t('An admin of the workspace can change your role.')}
        />
      );
    if (list.error)
      return (
        <Failed
          what={t('The kill switches could not be loaded. Some may be in force.')}
          {...describeError(list.error)}
          onRetry={() => void list.refetch()}
        />
      );
    return <SkeletonRows label={t('Loading kill switches')} />;
  }
  const items = list.data.pages.flatMap((page) => page.items);
  const inForce = items.filter((item) => item.inForce);
  const released = items.filter((item) => !item.inForce);
  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('In force')}
        description={counted(inForce.length, '{count} switch', '{count} switches')}
        flush
      >
        {inForce.length > 0 ? (
          <InForceList items={inForce} onRelease={onRelease} />
        ) : (
          <Empty icon={<ShieldCheck aria-hidden size={24} />} title={t('Nothing is stopped')}>
            {t('Every call is decided by pact, policy and rung.')}
          </Empty>
        )}
      </Panel>
      <Panel title={t('History')} description={t('Released switches, newest first')} flush>
        <SwitchHistory
          items={released}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </Panel>
    </div>
  );
}
