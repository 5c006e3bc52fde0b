import type { Metadata } from 'next';
import { LaddersPage } from '@/components/ladders/ladders-page';
import { laddersQuery } from '@/lib/client/governance-queries';
import { listQuerySchema } from '@/lib/contracts';
import { listLadders } from '@/lib/services/ladders/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';

export const metadata: Metadata = { title: 'Ladder' };

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  const query = listQuerySchema.parse({});
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        client.prefetchQuery({
          ...laddersQuery(workspace),
          queryFn: () => listLadders(context, query),
        })
      }
    >
      <LaddersPage />
    </Prefetched>
  );
}
