'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '@/components/ui/data-table';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { SeverityMark } from '@/components/ui/severity-mark';
import type { ResponseRow } from '@/lib/contracts';
import { responsesQuery } from '@/lib/client/governance-queries';
import { useWorkspace } from '@/lib/client/session';

const COLUMNS: readonly Column<ResponseRow>[] = [
  {
    id: 'what',
    header: 'What happens',
    width: '20rem',
    cell: (row) => (
      <>
        {row.label} <code className="block text-xs text-ink-2">{row.kind}</code>
      </>
    ),
  },
  { id: 'threshold', header: 'Threshold', cell: (row) => row.threshold },
  {
    id: 'response',
    header: 'Response',
    cell: (row) =>
      row.restriction ? (
        <>
          <span className="font-medium">{row.restriction.name}.</span> {row.restriction.stops}
        </>
      ) : (
        <span className="text-ink-2">None besides the score</span>
      ),
  },
  {
    id: 'holds',
    header: 'How long',
    cell: (row) =>
      row.holds ?? (row.severity === 1 ? 'Until the root cause is written down.' : '–'),
    hideBelow: 'md',
  },
  {
    id: 'incident',
    header: 'Incident',
    width: '8rem',
    cell: (row) =>
      row.severity === null ? (
        <span className="text-ink-2">none</span>
      ) : (
        <SeverityMark severity={row.severity} />
      ),
  },
];

/** Which threshold leads to which response: what stops an agent before its rung does. */
export function ResponsesPanel() {
  const query = useQuery(responsesQuery(useWorkspace()));
  return (
    <Panel
      className="mt-4"
      title="Responses"
      description="What follows at once, besides the score. Severity 1 also suspends the agent: only harmless reads go on."
      flush
    >
      <QueryView query={query} what="The table of responses could not be loaded.">
        {({ items }) => (
          <DataTable
            label="Thresholds and responses"
            rows={items}
            rowKey={(row) => row.kind}
            columns={COLUMNS}
          />
        )}
      </QueryView>
    </Panel>
  );
}
