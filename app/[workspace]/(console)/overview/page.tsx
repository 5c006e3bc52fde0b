import type { Metadata } from 'next';
import { OverviewPage } from '@/components/overview/overview-page';
import { overviewQuery } from '@/lib/client/governance-queries';
import { getOverview } from '@/lib/services/overview/get';
import { Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Overview') });

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        client.prefetchQuery({ ...overviewQuery(workspace), queryFn: () => getOverview(context) })
      }
    >
      <OverviewPage />
    </Prefetched>
  );
}
