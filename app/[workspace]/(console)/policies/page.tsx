import type { Metadata } from 'next';
import { PoliciesPage } from '@/components/policies/policies-page';
import { policiesQuery } from '@/lib/client/governance-queries';
import { listQuerySchema } from '@/lib/contracts';
import { listPolicies } from '@/lib/services/policies/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Policies') });

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  const query = listQuerySchema.parse({});
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        client.prefetchQuery({
          ...policiesQuery(workspace),
          queryFn: () => listPolicies(context, query),
        })
      }
    >
      <PoliciesPage />
    </Prefetched>
  );
}
