'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { buttonClass } from '@/components/ui/button';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import type { Overview } from '@/lib/contracts';
import { overviewQuery } from '@/lib/client/governance-queries';
import { usePermission, useSession, useWorkspace } from '@/lib/client/session';
import { ActivityPanel } from './activity-panel';
import { FirstSteps } from './first-steps';
import { FleetByRung } from './fleet-by-rung';
import { IncidentsPanel } from './incidents-panel';
import { MoversPanel } from './movers-panel';
import { OverviewSkeleton } from './overview-skeleton';
import { overviewSentence } from './overview-sentence';
import { WaitingPanel } from './waiting-panel';
import { t } from '@/lib/client/language';

function Fleet({ overview }: { overview: Overview }) {
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <div className="lg:col-span-2">
        <FleetByRung byRung={overview.byRung} agents={overview.agents} />
      </div>
      <WaitingPanel
        pending={overview.pending}
        medianSeconds={overview.last24h.medianVerdictSeconds}
      />
      <div className="lg:col-span-2">
        <ActivityPanel latest={overview.latest} last24h={overview.last24h} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <IncidentsPanel incidents={overview.incidents} />
        <MoversPanel movers={overview.movers} />
      </div>
    </div>
  );
}

function RegisterLink() {
  const workspace = useWorkspace();
  if (!usePermission('agents.edit')) return null;
  return (
    <Link href={`/${workspace}/agents/new`} className={buttonClass('secondary')}>
      <Plus aria-hidden size={14} />
      {t('Register agent')}
    </Link>
  );
}

/** The state of the whole fleet on one screen, live. */
export function OverviewPage() {
  const { workspace } = useSession();
  const query = useQuery(overviewQuery(workspace.slug));
  const sentence = query.data && query.data.agents > 0 ? overviewSentence(query.data) : undefined;
  return (
    <PageBody>
      <PageHeader
        title={t('Overview')}
        description={sentence}
        actions={query.data?.agents === 0 ? undefined : <RegisterLink />}
      />
      <QueryView
        query={query}
        what={t('The overview could not be loaded.')}
        loading={<OverviewSkeleton />}
      >
        {(overview) => (overview.agents === 0 ? <FirstSteps /> : <Fleet overview={overview} />)}
      </QueryView>
    </PageBody>
  );
}
