import type { Metadata } from 'next';
import { PoliciesPage } from '@/components/policies/policies-page';
import { policiesQuery } from '@/lib/client/governance-queries';
import { listQuerySchema } from '@/lib/contracts';
import { listPolicies } from '@/lib/services/policies/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';

export const metadata: Metadata = { title: 'Policies' };

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
