'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { PageBody } from '@/components/ui/page-body';
import { Empty, Failed, NoPermission, Skeleton } from '@/components/ui/states';
import type { AgentDetail } from '@/lib/contracts';
import { ApiError, describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { agentDetailOptions } from '../queries';
import { EvidenceTrail } from '../evidence/evidence-trail';
import { CrosshairProvider } from '../score-chart/crosshair';
import { MarkFocusProvider } from '../score-chart/mark-focus';
import { ScoreChart } from '../score-chart/score-chart';
import { AgentHeader } from './agent-header';
import { AgentTabs } from './agent-tabs';
import { ChecksPanel } from './checks-panel';
import { GrantsPanel } from './grants-panel';
import { HeldBack } from './held-back';
import { LayersPanel, NextRungPanel, RecordPanel } from './trust-panels';
import { t } from '@/lib/client/language';

interface AgentPageProps {
  id: string;
  /** The button that stops the agent. */
  stop: ReactNode;
}

/** Everything about one agent: how far it is trusted and why, what it did, what it may do, and the way to stop it. */
export function AgentPage({ id, stop }: AgentPageProps) {
  const workspace = useWorkspace();
  const query = useQuery(agentDetailOptions(workspace, id));
  return (
    <PageBody>
      {query.data ? (
        <Loaded agent={query.data} stop={stop} />
      ) : query.error ? (
        <NotShown error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading />
      )}
    </PageBody>
  );
}

function Loaded({ agent, stop }: { agent: AgentDetail; stop: ReactNode }) {
  return (
    <CrosshairProvider>
      <MarkFocusProvider>
        <div className="flex flex-col gap-4">
          <AgentHeader agent={agent} stop={stop} />
          <HeldBack agent={agent} />
          <GrantsPanel agentId={agent.id} />
          <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
            <LayersPanel trust={agent.trust} />
            <NextRungPanel agent={agent} />
            <RecordPanel agent={agent} />
          </div>
          <ScoreChart agentId={agent.id} rungs={agent.ladder.rungs} since={agent.createdAt} />
          <EvidenceTrail agentId={agent.id} rungs={agent.ladder.rungs} />
          <ChecksPanel agent={agent} />
          <AgentTabs agent={agent} />
        </div>
      </MarkFocusProvider>
    </CrosshairProvider>
  );
}

function NotShown({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const workspace = useWorkspace();
  if (error instanceof ApiError && error.forbidden)
    return (
      <NoPermission
        what={t('Your role does not let you see this agent.')}
        who={t('An admin of the workspace can change your role.')}
      />
    );
  if (error instanceof ApiError && (error.status === 404 || error.status === 400))
    return (
      <Empty
        title={t('There is no such agent in this workspace')}
        action={
          <Link
            href={`/${workspace}/agents`}
            className="inline-flex items-center gap-1.5 text-accent underline underline-offset-2"
          >
            <ArrowLeft aria-hidden size={14} />
            {t('All agents')}
          </Link>
        }
      >
        {t('It may belong to another workspace, or the address is wrong.')}
      </Empty>
    );
  return (
    <Failed
      what={t('This agent could not be loaded.')}
      {...describeError(error)}
      onRetry={onRetry}
    />
  );
}

/** The page's real shape while it loads. */
function Loading() {
  return (
    <div role="status" aria-label={t('Loading the agent')} className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Skeleton className="size-8" />
        <Skeleton className="h-6 w-64" />
        <Skeleton className="ml-auto h-8 w-28" />
      </div>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {['layers', 'next', 'record'].map((panel) => (
          <div key={panel} className="h-56 rounded-lg border border-line bg-surface p-4">
            <Skeleton className="h-4 w-32" />
          </div>
        ))}
      </div>
      <div className="h-96 rounded-lg border border-line bg-surface p-4">
        <Skeleton className="h-4 w-40" />
      </div>
    </div>
  );
}
