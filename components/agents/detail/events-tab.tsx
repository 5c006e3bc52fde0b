'use client';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { incidentPath } from '@/components/trust/evidence/evidence-words';
import { Badge } from '@/components/ui/badge';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty, Failed, SkeletonRows } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { agentIncidentsOptions, switchListOptions } from '../queries';
import { agentEvents, type AgentEvent } from './agent-events';
import { t } from '@/lib/client/language';

const COLUMNS: readonly Column<AgentEvent>[] = [
  {
    id: 'at',
    get header() {
      return t('When');
    },
    width: '104px',
    cell: (row) => <RelativeTime at={row.at} className="text-ink-2" />,
  },
  {
    id: 'kind',
    get header() {
      return t('What');
    },
    width: '150px',
    cell: (row) => <Badge tone={row.tone}>{row.label}</Badge>,
  },
  {
    id: 'text',
    get header() {
      return t('Why');
    },
    cell: (row) => <EventText row={row} />,
  },
  {
    id: 'state',
    get header() {
      return t('State');
    },
    width: '180px',
    hideBelow: 'sm',
    cell: (row) => (
      <span className="text-ink-2">
        {row.state}
        {row.endedAt ? (
          <>
            {' '}
            <RelativeTime at={row.endedAt} />
          </>
        ) : null}
      </span>
    ),
  },
];

function EventText({ row }: { row: AgentEvent }) {
  const workspace = useWorkspace();
  const text = <UntrustedText text={row.text} />;
  if (row.incidentId === undefined) return text;
  return (
    <Link
      href={incidentPath(workspace, row.incidentId)}
      className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
    >
      {text}
    </Link>
  );
}

/** Kill switches that cover or covered this agent, and its incidents, newest first. */
export function EventsTab({ agent }: { agent: AgentDetail }) {
  const workspace = useWorkspace();
  const incidents = useQuery(agentIncidentsOptions(workspace, agent.id));
  const switches = useQuery(switchListOptions(workspace));
  const failed = incidents.error ?? switches.error;
  if (failed)
    return (
      <Failed
        what={t('Switches and incidents could not be loaded.')}
        {...describeError(failed)}
        onRetry={() => {
          void incidents.refetch();
          void switches.refetch();
        }}
      />
    );
  if (!incidents.data || !switches.data)
    return <SkeletonRows rows={4} label={t('Loading switches and incidents')} />;
  const rows = agentEvents(agent, switches.data.items, incidents.data.items);
  if (rows.length === 0)
    return (
      <Empty title={t('No switches and no incidents')}>
        {t('Nothing has stopped this agent and no incident was opened about it.')}
      </Empty>
    );
  return (
    <>
      <DataTable
        label={t('Switches and incidents of this agent, newest first')}
        rows={rows}
        rowKey={(row) => row.key}
        columns={COLUMNS}
      />
      <p className="flex gap-4 px-4 py-3 text-dense">
        <Link
          href={`/${workspace}/kill-switches`}
          className="text-accent underline underline-offset-2"
        >
          {t('All kill switches')}
        </Link>
        <Link href={`/${workspace}/incidents`} className="text-accent underline underline-offset-2">
          {t('All incidents')}
        </Link>
      </p>
    </>
  );
}
