'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextView } from '@/components/ui/code-view';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty } from '@/components/ui/states';
import type { EvidenceSource } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { AddSourceDialog } from './add-source-dialog';
import { ChangeSourceDialog } from './change-source-dialog';
import { sourcesQuery } from './queries';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { PauseSource, RemoveSource } from './rest-source';
import { SourceRow } from './source-row';
import { WhoMay } from './who-may';

/** What is asked about a source; each is a window of its own. */
export type SourceQuestion =
  | { readonly ask: 'add' }
  | { readonly ask: 'change' | 'pause' | 'rotate' | 'remove'; readonly source: EvidenceSource };

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
              <Window question={question} all={items} onClose={() => setQuestion(undefined)} />
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

function Window({
  question,
  all,
  onClose,
}: {
  question: SourceQuestion;
  all: readonly EvidenceSource[];
  onClose: () => void;
}) {
  switch (question.ask) {
    case 'add':
      return <AddSourceDialog onClose={onClose} />;
    case 'change':
      return <ChangeSourceDialog source={question.source} onClose={onClose} />;
    case 'pause':
      return <PauseSource source={question.source} onClose={onClose} />;
    case 'rotate':
      return <RotateSecretDialog source={question.source} onClose={onClose} />;
    case 'remove':
      return <RemoveSource source={question.source} all={all} onClose={onClose} />;
  }
}
