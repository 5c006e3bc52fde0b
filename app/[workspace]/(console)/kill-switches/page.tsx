import { HydrationBoundary, QueryClient, dehydrate } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { KillSwitchesPage } from '@/components/kill-switches/kill-switches-page';
import { switchPagesOptions } from '@/components/kill-switches/queries';
import { requireConsoleSession } from '@/lib/auth/console-session';
import { listQuerySchema } from '@/lib/contracts';
import { listKillSwitches } from '@/lib/services/kill-switches/list';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Kill switches') });

interface Props {
  params: Promise<{ workspace: string }>;
}

/** What is stopped right now is in the first byte; what fails here the browser asks for again. */
export default async function Page({ params }: Props) {
  const { workspace } = await params;
  const { actor } = await requireConsoleSession(workspace);
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...switchPagesOptions(workspace),
    queryFn: () => listKillSwitches({ actor, now: new Date() }, listQuerySchema.parse({})),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <KillSwitchesPage />
    </HydrationBoundary>
  );
}
