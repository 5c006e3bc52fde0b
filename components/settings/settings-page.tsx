'use client';

import { PageBody } from '@/components/ui/page-body';
import { PageHeader } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { useAddress } from '@/lib/client/use-address';
import { useSession } from '@/lib/client/session';
import { ApiKeysPanel } from './api-keys-panel';
import { PeoplePanel } from './people-panel';
import { WorkspacePanel } from './workspace-panel';

/** People and roles, API keys, the workspace. The open tab is in the address. */
export function SettingsPage() {
  const { workspace } = useSession();
  const { get, change } = useAddress();
  const tab = get('tab') ?? 'people';
  return (
    <PageBody>
      <PageHeader
        title="Settings"
        description={`People, keys and the workspace ${workspace.name}.`}
      />
      <Tabs
        label="Settings"
        value={tab}
        onValueChange={(value) => change({ tab: value })}
        items={[
          { value: 'people', label: 'People and roles', content: <PeoplePanel /> },
          { value: 'keys', label: 'API keys', content: <ApiKeysPanel /> },
          { value: 'workspace', label: 'Workspace', content: <WorkspacePanel /> },
        ]}
      />
    </PageBody>
  );
}
