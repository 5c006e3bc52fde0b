'use client';

import {
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Segmented } from '@/components/ui/segmented';
import { Empty, NoMatch } from '@/components/ui/states';
import { incidentsQuery, type IncidentPage } from '@/lib/client/governance-queries';
import { useAddress } from '@/lib/client/use-address';
import { useWorkspace } from '@/lib/client/session';
import { IncidentDrawer } from './incident-drawer';
import { IncidentTable } from './incident-table';

const STATES = [
  { value: '', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'investigating', label: 'Investigating' },
  { value: 'closed', label: 'Closed' },
] as const;
type State = (typeof STATES)[number]['value'];

function useIncidentAddress() {
  const { get, change } = useAddress();
  return {
    state: STATES.find(({ value }) => value === get('state'))?.value ?? '',
    opened: get('incident'),
    setState: (state: State) => change({ state }),
    open: (id: string | undefined) => change({ incident: id }),
  };
}

type IncidentsQuery = UseInfiniteQueryResult<InfiniteData<IncidentPage>>;

function Older({ query }: { query: IncidentsQuery }) {
  if (!query.hasNextPage) return null;
  return (
    <div className="p-3 text-center">
      <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load older incidents
      </Button>
    </div>
  );
}

/** Incidents of the workspace: what happened, how bad, where it stands. */
export function IncidentsPage() {
  const { state, opened, setState, open } = useIncidentAddress();
  const query = useInfiniteQuery(incidentsQuery(useWorkspace(), state ? { state } : {}));
  const incidents = query.data?.pages.flatMap((page) => page.items) ?? [];
  const none = state ? (
    <NoMatch filters={[`state ${state}`]} onClear={() => setState('')} />
  ) : (
    <Empty title="No incident yet">
      One opens by itself when evidence turns against an agent. Nothing needs to be set up.
    </Empty>
  );
  const table = (
    <IncidentTable
      incidents={incidents}
      opened={opened}
      onOpen={(incident) => open(incident.id)}
      footer={<Older query={query} />}
    />
  );
  return (
    <div className="flex h-full min-h-0 flex-col p-4 md:p-6">
      <PageHeader
        title="Incidents"
        description="Opened by the evidence itself: a recognised injection, a collapse of a layer, a new version that behaves differently."
        actions={<Segmented label="State" value={state} options={STATES} onChange={setState} />}
      />
      <Panel flush fill>
        <QueryView query={query} what="The incidents could not be loaded.">
          {() => (incidents.length > 0 ? table : none)}
        </QueryView>
      </Panel>
      <IncidentDrawer
        incident={incidents.find((incident) => incident.id === opened)}
        onClose={() => open(undefined)}
      />
    </div>
  );
}
