import type { Metadata } from 'next';
import { IncidentsPage } from '@/components/incidents/incidents-page';
import { incidentsQuery } from '@/lib/client/governance-queries';
import { incidentListQuerySchema } from '@/lib/contracts';
import { listIncidents } from '@/lib/services/incidents/list';
import { oneOf, Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Incidents') });

export default async function Page({ params, searchParams }: ConsolePageProps) {
  const { workspace } = await params;
  const state = oneOf((await searchParams)['state']);
  const query = incidentListQuerySchema.safeParse({ state: state || undefined, limit: 100 });
  return (
    <Prefetched
      workspace={workspace}
      prefetch={async (client, context) => {
        if (!query.success) return;
        await client.prefetchInfiniteQuery({
          ...incidentsQuery(workspace, state ? { state } : {}),
          queryFn: () => listIncidents(context, query.data),
        });
      }}
    >
      <IncidentsPage />
    </Prefetched>
  );
}
