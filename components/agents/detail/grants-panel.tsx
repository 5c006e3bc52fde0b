'use client';

import { useQuery } from '@tanstack/react-query';
import { GrantList } from '@/components/trust/grants/grant-list';
import { liveGrantsOptions } from '@/components/trust/grants/grants-query';
import { Panel } from '@/components/ui/panel';
import { Failed } from '@/components/ui/states';
import { describeError } from '@/lib/client/api-error';
import { t } from '@/lib/client/language';
import { useWorkspace } from '@/lib/client/session';

/** What the agent may do without asking because somebody approved calls like it, as long as there is any. */
export function GrantsPanel({ agentId }: { agentId: string }) {
  const workspace = useWorkspace();
  const { data, error, refetch } = useQuery(liveGrantsOptions(workspace, agentId));
  if (data === undefined && error !== null)
    return (
      <Failed
        what={t('The grants of this agent could not be loaded.')}
        {...describeError(error)}
        onRetry={() => void refetch()}
      />
    );
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Panel
      title={t('Grants')}
      description={t('calls like an approved one, which run without asking')}
    >
      <GrantList workspace={workspace} grants={data.items} withAgent={false} />
    </Panel>
  );
}
