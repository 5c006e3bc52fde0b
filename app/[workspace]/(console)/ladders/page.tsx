import type { Metadata } from 'next';
import { LaddersPage } from '@/components/ladders/ladders-page';
import { laddersQuery, responsesQuery } from '@/lib/client/governance-queries';
import { listQuerySchema } from '@/lib/contracts';
import { listLadders } from '@/lib/services/ladders/list';
import { listResponses } from '@/lib/services/responses/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Ladder') });

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  const query = listQuerySchema.parse({});
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        Promise.all([
          client.prefetchQuery({
            ...laddersQuery(workspace),
            queryFn: () => listLadders(context, query),
          }),
          client.prefetchQuery({
            ...responsesQuery(workspace),
            queryFn: () => listResponses(context),
          }),
        ])
      }
    >
      <LaddersPage />
    </Prefetched>
  );
}
