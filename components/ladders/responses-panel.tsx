'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { SeverityMark } from '@/components/ui/severity-mark';
import type { ResponseRow } from '@/lib/contracts';
import { responsesQuery } from '@/lib/client/governance-queries';
import { useWorkspace } from '@/lib/client/session';
import { responseText } from './response-words';
import { t } from '@/lib/client/language';

/** Which threshold leads to which response: what stops an agent before its rung does. */
export function ResponsesPanel() {
  const query = useQuery(responsesQuery(useWorkspace()));
  return (
    <Panel
      className="mt-4"
      title={t('Responses')}
      description={t('What follows at once when a threshold is crossed, besides the score')}
      flush
    >
      <QueryView query={query} what={t('The table of responses could not be loaded.')}>
        {({ items }) => (
          <ul className="divide-y divide-line text-dense">
            {items.map((row) => (
              <Row key={row.kind} row={row} />
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}

function Row({ row }: { row: ResponseRow }) {
  const { what, holds } = responseText(row);
  return (
    <li className="grid gap-x-6 gap-y-1.5 px-4 py-3 sm:grid-cols-2 lg:grid-cols-[18rem_1fr_1fr_7rem]">
      <div>
        <p className="font-medium">{row.label}</p>
        <code className="text-xs wrap-anywhere text-ink-2">{row.kind}</code>
      </div>
      <Part label={t('Threshold')}>{row.threshold}</Part>
      <Part label={t('Response')}>
        {what} {holds ? <span className="text-ink-2">{holds}</span> : null}
      </Part>
      <Part label={t('Incident')}>
        {row.severity === null ? t('none') : <SeverityMark severity={row.severity} />}
      </Part>
    </li>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="text-xs text-ink-2">{label}</p>
      <div>{children}</div>
    </div>
  );
}
