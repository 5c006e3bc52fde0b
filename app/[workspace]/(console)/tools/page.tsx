import type { Metadata } from 'next';
import { toolImportsQuery, toolsQuery } from '@/components/tools/queries';
import { ToolsPage } from '@/components/tools/tools-page';
import { listQuerySchema } from '@/lib/contracts';
import { listTools } from '@/lib/services/tools/list';
import { listImports } from '@/lib/services/upstreams/list';
import { Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Tools') });

export default async function Page({ params }: ConsolePageProps) {
  const { workspace } = await params;
  return (
    <Prefetched
      workspace={workspace}
      prefetch={(client, context) =>
        Promise.all([
          client.prefetchQuery({
            ...toolImportsQuery(workspace),
            queryFn: () => listImports(context),
          }),
          client.prefetchQuery({
            ...toolsQuery(workspace),
            queryFn: () => listTools(context, listQuerySchema.parse({ limit: 200 })),
          }),
        ])
      }
    >
      <ToolsPage />
    </Prefetched>
  );
}
