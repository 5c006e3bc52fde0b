import { HydrationBoundary, QueryClient, dehydrate } from '@tanstack/react-query';
import type { Metadata } from 'next';
import {
  ApprovalsConsole,
  PAGE_SIZE,
  approvalDetailOptions,
  approvalListOptions,
  listQuery,
  parseViewParams,
  type ViewParams,
} from '@/components/approvals';
import { requireConsoleSession } from '@/lib/auth/console-session';
import { approvalListQuerySchema } from '@/lib/contracts';
import { getApproval } from '@/lib/services/approvals/get';
import { listApprovals } from '@/lib/services/approvals/list';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Approvals') });

interface Props {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What waits for a person, and what was decided. */
export default async function ApprovalsPage({ params, searchParams }: Props) {
  const entries = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const view = parseViewParams(new URLSearchParams(entries));
  const client = await prefetch((await params).workspace, view);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ApprovalsConsole initialView={view} />
    </HydrationBoundary>
  );
}

/** The list and the call that will be open are in the first byte; what fails here the browser asks for again. */
async function prefetch(workspace: string, view: ViewParams): Promise<QueryClient> {
  const { actor } = await requireConsoleSession(workspace);
  const context = { actor, now: new Date() };
  const client = new QueryClient();
  const list = approvalListOptions(workspace, view);
  const { grouped, ...narrowing } = listQuery(view);
  const given = Object.entries(narrowing).filter(([, value]) => value !== null);
  const query = approvalListQuerySchema.parse({
    ...Object.fromEntries(given),
    grouped: String(grouped),
    limit: PAGE_SIZE,
  });
  const prefetchDetail = (id: string) =>
    client.prefetchQuery({
      ...approvalDetailOptions(workspace, id),
      queryFn: () => getApproval(context, id),
    });
  await Promise.all([
    client.prefetchInfiniteQuery({ ...list, queryFn: () => listApprovals(context, query) }),
    view.item === null ? undefined : prefetchDetail(view.item),
  ]);
  const first = client.getQueryData(list.queryKey)?.pages[0]?.items[0]?.id;
  if (view.item === null && first !== undefined) await prefetchDetail(first);
  return client;
}
