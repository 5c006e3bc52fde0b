'use client';

import type { ReactNode } from 'react';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { SeverityMark } from '@/components/ui/severity-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Incident } from '@/lib/contracts';
import { INCIDENT_STATES } from '@/components/trust/incident-words';
import { t } from '@/lib/client/language';

const COLUMNS: readonly Column<Incident>[] = [
  {
    id: 'severity',
    get header() {
      return t('Severity');
    },
    width: '7rem',
    cell: (incident) => <SeverityMark severity={incident.severity} />,
  },
  {
    id: 'title',
    get header() {
      return t('What happened');
    },
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
    get header() {
      return t('Agent');
    },
    width: '14rem',
    hideBelow: 'sm',
    cell: (incident) => <UntrustedText text={incident.agentName} />,
  },
  {
    id: 'state',
    get header() {
      return t('State');
    },
    width: '8.5rem',
    hideBelow: 'sm',
    cell: (incident) => INCIDENT_STATES[incident.state],
  },
  {
    id: 'openedAt',
    get header() {
      return t('Opened');
    },
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
      <span>{INCIDENT_STATES[incident.state]}</span>
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
      label={t('Incidents')}
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
