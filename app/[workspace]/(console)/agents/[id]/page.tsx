import { HydrationBoundary, QueryClient, dehydrate } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AgentPage } from '@/components/agents/detail/agent-page';
import { agentDetailOptions } from '@/components/agents/queries';
import { StopAgentButton } from '@/components/kill-switches/stop-agent-button';
import { requireConsoleSession } from '@/lib/auth/console-session';
import { DomainError } from '@/lib/contracts';
import { getAgent } from '@/lib/services/agents/get';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Agent') });

interface Props {
  params: Promise<{ workspace: string; id: string }>;
}

/** The stop button comes from its own feature: this is where the two meet. What fails here the browser asks for again. */
export default async function Page({ params }: Props) {
  const { workspace, id } = await params;
  const { actor } = await requireConsoleSession(workspace);
  const client = new QueryClient();
  const detail = agentDetailOptions(workspace, id);
  await client.prefetchQuery({
    ...detail,
    queryFn: () => getAgent({ actor, now: new Date() }, id),
  });
  const refusal: unknown = client.getQueryState(detail.queryKey)?.error;
  if (refusal instanceof DomainError && refusal.kind === 'not_found') notFound();
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AgentPage id={id} stop={<StopAgentButton agentId={id} />} />
    </HydrationBoundary>
  );
}
