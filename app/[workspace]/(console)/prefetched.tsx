import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { requireConsoleSession } from '@/lib/auth/console-session';
import type { ServiceContext } from '@/lib/services/context';

/** Fills the cache from the services. What fails here is left out: the browser asks for it again and shows the failure. */
export type Prefetch = (client: QueryClient, context: ServiceContext) => Promise<unknown>;

/** Renders a page with its data in the first byte, under the same keys the page queries afterwards. */
export async function Prefetched({
  workspace,
  prefetch,
  children,
}: {
  workspace: string;
  prefetch: Prefetch;
  children: ReactNode;
}) {
  const { actor } = await requireConsoleSession(workspace);
  const client = new QueryClient();
  await prefetch(client, { actor, now: new Date() });
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

/** The parameters of every console page. */
export interface ConsolePageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One value of the query, or nothing. */
export function oneOf(value: string | string[] | undefined): string | undefined {
  return [value].flat()[0];
}
