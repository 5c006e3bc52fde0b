'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { useSession } from '@/lib/client/session';
import { DirectoryPanel } from './directory-panel';
import { RemoveDemoDialog } from './remove-demo-dialog';
import { StepUpPanel } from './step-up-panel';
import { t } from '@/lib/client/language';

/** What the workspace is, and the way to get rid of the demo. */
export function WorkspacePanel() {
  const { workspace, workspaces } = useSession();
  const demo = workspaces.find((candidate) => candidate.kind === 'demo');
  const [removing, setRemoving] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Panel title={workspace.name}>
        <dl className="grid grid-cols-[8rem_1fr] gap-y-1.5 text-dense">
          <dt className="text-ink-2">{t('Kind')}</dt>
          <dd>{workspace.kind === 'demo' ? t('demo fleet, simulated agents') : t('your own')}</dd>
          <dt className="text-ink-2">{t('Slug')}</dt>
          <dd>
            <code>{workspace.slug}</code>
          </dd>
          <dt className="text-ink-2">{t('Id')}</dt>
          <dd>
            <code className="wrap-anywhere select-all">{workspace.id}</code>
          </dd>
        </dl>
      </Panel>
      <StepUpPanel />
      <DirectoryPanel />
      {demo ? (
        <Panel title={t('Demo fleet')}>
          <p className="max-w-[64ch] text-ink-2">
            {t(
              '{name} holds simulated agents with months of history, and goes on live while the server runs. Removing it deletes its agents, decisions, approvals and ledger for good; a restart does not bring it back.',
              { name: demo.name },
            )}
          </p>
          {demo.role === 'admin' ? (
            <Button variant="danger-outline" className="mt-3" onClick={() => setRemoving(true)}>
              {t('Remove the demo fleet…')}
            </Button>
          ) : (
            <p className="mt-2 text-dense text-ink-2">
              {t('Only an admin of the demo fleet can remove it.')}
            </p>
          )}
        </Panel>
      ) : null}
      {removing && demo ? (
        <RemoveDemoDialog demo={demo} onClose={() => setRemoving(false)} />
      ) : null}
    </div>
  );
}
