'use client';

import { useQuery } from '@tanstack/react-query';
import { InlineStatus } from '@/components/ui/inline-status';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { Catalogue } from './catalogue';
import { moreToolsQuery, toolsQuery } from './queries';
import { ServerTools } from './server-tools';

/** The whole catalogue: the first page comes with the document, the rest behind it. */
function useCatalogue() {
  const workspace = useWorkspace();
  const first = useQuery(toolsQuery(workspace));
  const cursor = first.data?.nextCursor ?? '';
  const more = useQuery(moreToolsQuery(workspace, cursor));
  const tools = [...(first.data?.items ?? []), ...(more.data ?? [])];
  const whole = first.data !== undefined && (cursor === '' || more.data !== undefined);
  return { first, tools, whole, broken: more.isError };
}

/** What tools there are, and what is known of them. */
export function ToolsPage() {
  const { first, tools, whole, broken } = useCatalogue();
  return (
    <PageBody>
      <PageHeader
        title={t('Tools')}
        description={t('What agents call, and what Belay decides on when they do.')}
      />
      <div className="flex flex-col gap-4">
        <ServerTools known={whole ? new Map(tools.map((tool) => [tool.name, tool])) : undefined} />
        <Panel title={t('Catalogue')} flush>
          <QueryView query={first} what={t('The catalogue could not be loaded.')}>
            {() => (
              <>
                {broken ? (
                  <InlineStatus tone="warning" className="m-2">
                    {t('Not all of the catalogue could be loaded.')}
                  </InlineStatus>
                ) : null}
                <Catalogue tools={tools} />
              </>
            )}
          </QueryView>
        </Panel>
      </div>
    </PageBody>
  );
}
