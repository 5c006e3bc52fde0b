'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextView } from '@/components/ui/code-view';
import { latePart } from '@/components/ui/late-part';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty } from '@/components/ui/states';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { sourcesQuery } from './queries';
import { SourceRow } from './source-row';
import { WhoMay } from './who-may';
import type { SourceQuestion } from './questions';

// No page begins with a window.
const [SourceWindow] = latePart(async () => (await import('./source-window')).SourceWindow, {
  loading: null,
  get what() {
    return t('This window could not be opened.');
  },
  giveUp: ({ onClose }) => onClose(),
});

/** Systems that say what they know of agents: how much of it is taken, and how much it weighs. */
export function SourcesPanel() {
  const query = useQuery(sourcesQuery(useWorkspace()));
  const mayManage = usePermission('workspace.manage');
  const [question, setQuestion] = useState<SourceQuestion>();
  const add = <Button onClick={() => setQuestion({ ask: 'add' })}>{t('Add a source')}</Button>;
  return (
    <Panel
      title={t('Evidence sources')}
      description={t('what systems say of agents, and how much of it counts')}
      flush
      actions={mayManage ? add : undefined}
    >
      <QueryView query={query} what={t('The evidence sources could not be loaded.')}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <NoSource />
            ) : (
              <ul aria-label={t('Evidence sources')} className="divide-y divide-line">
                {items.map((source) => (
                  <SourceRow
                    key={source.id}
                    source={source}
                    mayManage={mayManage}
                    onAsk={setQuestion}
                  />
                ))}
              </ul>
            )}
            <p className="border-t border-line px-4 py-2 text-dense text-ink-2">
              {t(
                'Days begin at midnight UTC. A source without a row here is not limited and weighs in full; whoever sends has to sign or to have an API key.',
              )}
            </p>
            {mayManage ? null : <WhoMay />}
            {question ? (
              <SourceWindow
                question={question}
                all={items}
                onClose={() => setQuestion(undefined)}
              />
            ) : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function NoSource() {
  return (
    <>
      <Empty title={t('No source is limited or weighed')}>
        {t(
          'Telemetry, checks, builds, policy engines and identity providers can say what they know of an agent. Add one to limit it, to weigh it, or to give a build its secret. This sends a first event with an API key:',
        )}
      </Empty>
      <div className="px-4 pb-4">
        <TextView label={t('A first event')} text={firstEvent()} whole />
      </div>
    </>
  );
}

const firstEvent = () =>
  [
    `curl ${window.location.origin}/api/v1/signals \\`,
    `  -H "Authorization: Bearer $BELAY_KEY" -H 'Content-Type: application/json' \\`,
    `  -H 'ce-specversion: 1.0' -H 'ce-id: check-1' -H 'ce-source: checks/nightly' \\`,
    `  -H 'ce-type: belay.signal.outcome.validation_passed' -H "ce-subject: $AGENT" \\`,
    `  -d '{"magnitude": 0.5}'`,
  ].join('\n');
