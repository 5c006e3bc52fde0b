'use client';

import type { ReactNode } from 'react';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { SeverityMark } from '@/components/ui/severity-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Incident } from '@/lib/contracts';

const COLUMNS: readonly Column<Incident>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: '7rem',
    cell: (incident) => <SeverityMark severity={incident.severity} />,
  },
  {
    id: 'title',
    header: 'What happened',
    cell: (incident) => (
      <>
        <UntrustedText text={incident.title} className="font-medium" />{' '}
        <code className="text-xs text-ink-3 max-lg:hidden">{incident.kind}</code>
        <NarrowLine incident={incident} />
      </>
    ),
  },
  {
    id: 'agent',
    header: 'Agent',
    width: '14rem',
    hideBelow: 'sm',
    cell: (incident) => <UntrustedText text={incident.agentName} />,
  },
  {
    id: 'state',
    header: 'State',
    width: '7rem',
    hideBelow: 'sm',
    cell: (incident) => incident.state,
  },
  {
    id: 'openedAt',
    header: 'Opened',
    width: '7rem',
    align: 'right',
    hideBelow: 'sm',
    cell: (incident) => <RelativeTime at={incident.openedAt} className="text-ink-2" />,
  },
];

/** On a phone the columns are gone: whose it is, where it stands and since when stand under what happened. */
function NarrowLine({ incident }: { incident: Incident }) {
  return (
    <span className="flex flex-wrap gap-x-2 text-xs text-ink-2 sm:hidden">
      <UntrustedText text={incident.agentName} />
      <span>{incident.state}</span>
      <RelativeTime at={incident.openedAt} />
    </span>
  );
}

/** Incidents, newest first. */
export function IncidentTable({
  incidents,
  opened,
  onOpen,
  footer,
}: {
  incidents: readonly Incident[];
  opened: string | null;
  onOpen: (incident: Incident) => void;
  footer: ReactNode;
}) {
  return (
    <DataTable
      label="Incidents"
      rows={incidents}
      rowKey={(incident) => incident.id}
      columns={COLUMNS}
      selectedKey={opened}
      onOpen={onOpen}
      footer={footer}
      className="flex-1"
    />
  );
}
