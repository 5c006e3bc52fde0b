import type { Metadata } from 'next';
import { SettingsPage } from '@/components/settings/settings-page';
import { apiKeysQuery } from '@/components/settings/queries';
import { peopleQuery } from '@/lib/client/people-query';
import { listQuerySchema } from '@/lib/contracts';
import { listApiKeys } from '@/lib/services/api-keys/list';
import { listPeople } from '@/lib/services/people/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Settings') });

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  const query = listQuerySchema.parse({ limit: 200 });
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        Promise.all([
          client.prefetchQuery({
            ...peopleQuery(workspace),
            queryFn: () => listPeople(context, query),
          }),
          client.prefetchQuery({
            ...apiKeysQuery(workspace),
            queryFn: () => listApiKeys(context, query),
          }),
        ])
      }
    >
      <SettingsPage />
    </Prefetched>
  );
}
