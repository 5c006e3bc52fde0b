'use client';

import {
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Segmented } from '@/components/ui/segmented';
import { Empty, NoMatch } from '@/components/ui/states';
import { incidentQuery, incidentsQuery, type IncidentPage } from '@/lib/client/governance-queries';
import type { Incident } from '@/lib/contracts';
import { useAddress } from '@/lib/client/use-address';
import { useWorkspace } from '@/lib/client/session';
import { IncidentDrawer } from './incident-drawer';
import { IncidentTable } from './incident-table';
import { INCIDENT_STATES } from '@/components/trust/incident-words';
import { t } from '@/lib/client/language';

const STATES = [
  {
    value: '',
    get label() {
      return t('All');
    },
  },
  {
    value: 'open',
    get label() {
      return t('Open');
    },
  },
  {
    value: 'investigating',
    get label() {
      return t('Investigating');
    },
  },
  {
    value: 'closed',
    get label() {
      return t('Closed');
    },
  },
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
        {t('Load older incidents')}
      </Button>
    </div>
  );
}

/** The incident that the address names, from the list or, when it is not in it, by itself. */
function useOpened(opened: string | null, listed: readonly Incident[], loaded: boolean) {
  const known = listed.find((incident) => incident.id === opened);
  const single = useQuery({
    ...incidentQuery(useWorkspace(), opened ?? ''),
    enabled: loaded && opened !== null && known === undefined,
  });
  if (opened === null || known !== undefined) return { incident: known, failure: null };
  return { incident: single.data, failure: single.error };
}

/** Incidents of the workspace: what happened, how bad, where it stands. */
export function IncidentsPage() {
  const { state, opened, setState, open } = useIncidentAddress();
  const query = useInfiniteQuery(incidentsQuery(useWorkspace(), state ? { state } : {}));
  const incidents = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = useOpened(opened, incidents, query.data !== undefined);
  const none = state ? (
    <NoMatch
      filters={[t('state {state}', { state: INCIDENT_STATES[state] })]}
      onClear={() => setState('')}
    />
  ) : (
    <Empty title={t('No incident yet')}>
      {t('One opens by itself when evidence turns against an agent. Nothing needs to be set up.')}
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
        title={t('Incidents')}
        description={t(
          'Opened by the evidence itself: a recognised injection, a collapse of a layer, a new version that behaves differently.',
        )}
        actions={
          <Segmented label={t('State')} value={state} options={STATES} onChange={setState} />
        }
      />
      <Panel flush fill>
        <QueryView query={query} what={t('The incidents could not be loaded.')}>
          {() => (incidents.length > 0 ? table : none)}
        </QueryView>
      </Panel>
      <IncidentDrawer {...shown} onClose={() => open(undefined)} />
    </div>
  );
}
