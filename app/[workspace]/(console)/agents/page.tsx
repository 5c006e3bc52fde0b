import { HydrationBoundary, QueryClient, dehydrate } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { AgentsList } from '@/components/agents/list/agents-list';
import { parseListParams, type ListParams } from '@/components/agents/list/list-params';
import { AGENT_PAGE_SIZE, agentListOptions, ladderOptions } from '@/components/agents/queries';
import { requireConsoleSession } from '@/lib/auth/console-session';
import { agentListQuerySchema, listQuerySchema } from '@/lib/contracts';
import { listAgents } from '@/lib/services/agents/list';
import { listLadders } from '@/lib/services/ladders/list';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Agents') });

interface Props {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** All agents of the workspace, under the filters in the address. */
export default async function Page({ params, searchParams }: Props) {
  const entries = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const list = parseListParams(new URLSearchParams(entries));
  const client = await prefetch((await params).workspace, list);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AgentsList />
    </HydrationBoundary>
  );
}

/** The first rows are in the first byte; what fails here the browser asks for again. */
async function prefetch(workspace: string, list: ListParams): Promise<QueryClient> {
  const { actor } = await requireConsoleSession(workspace);
  const context = { actor, now: new Date() };
  const client = new QueryClient();
  const query = agentListQuerySchema.parse({
    ...list,
    rung: list.rung ?? undefined,
    status: list.status ?? undefined,
    tag: list.tag ?? undefined,
    limit: AGENT_PAGE_SIZE,
  });
  await Promise.all([
    client.prefetchInfiniteQuery({
      ...agentListOptions(workspace, { ...list }),
      queryFn: () => listAgents(context, query),
    }),
    client.prefetchQuery({
      ...ladderOptions(workspace),
      queryFn: () => listLadders(context, listQuerySchema.parse({})),
    }),
  ]);
  return client;
}
