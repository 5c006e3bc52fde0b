'use client';

import { latePart } from '@/components/ui/late-part';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { useAddress } from '@/lib/client/use-address';
import { usePermission, useSession } from '@/lib/client/session';
import { ApiKeysPanel } from './api-keys-panel';
import { PeoplePanel } from './people-panel';
import { SecretsPanel } from './secrets-panel';
import { VerdictsPanel } from './verdicts-panel';
import { WorkspacePanel } from './workspace-panel';
import { BrowserPanel } from './you/browser-panel';
import { MailPanel } from './you/mail-panel';
import { PasskeysPanel } from './you/passkeys-panel';
import { t } from '@/lib/client/language';

// Looked at once in a while.
const [QueuePanel] = latePart(async () => (await import('./queue-panel')).QueuePanel, {
  get loading() {
    return <p role="status">{t('Loading the settings of the queue…')}</p>;
  },
  get what() {
    return t('The settings of the queue could not be shown.');
  },
});

const [MessagesPanel] = latePart(
  async () => (await import('./messages/messages-panel')).MessagesPanel,
  {
    get loading() {
      return <p role="status">{t('Loading the messages…')}</p>;
    },
    get what() {
      return t('The messages could not be shown.');
    },
  },
);
const [ConnectionsTab] = latePart(
  async () => (await import('./connections/connections-tab')).ConnectionsTab,
  {
    get loading() {
      return <p role="status">{t('Loading the connections…')}</p>;
    },
    get what() {
      return t('The connections could not be shown.');
    },
  },
);
const [OutsideServices] = latePart(
  async () => (await import('./outside-services')).OutsideServices,
  {
    get loading() {
      return <p role="status">{t('Loading the outside services…')}</p>;
    },
    get what() {
      return t('The outside services could not be shown.');
    },
  },
);

/** What is one's own. */
function You() {
  return (
    <div className="flex flex-col gap-4">
      <PasskeysPanel />
      <MailPanel />
      <BrowserPanel />
    </div>
  );
}

/** People and roles, API keys, the workspace. The open tab is in the address. */
export function SettingsPage() {
  const { workspace } = useSession();
  const mayLookOutside = usePermission('policies.edit');
  const mayManage = usePermission('workspace.manage');
  const maySetSecrets = usePermission('secrets.manage');
  const { get, change } = useAddress();
  const tab = get('tab') ?? 'people';
  return (
    <PageBody>
      <PageHeader
        title={t('Settings')}
        description={t('People, keys and the workspace {name}.', { name: workspace.name })}
      />
      <Tabs
        label={t('Settings')}
        value={tab}
        onValueChange={(value) => change({ tab: value })}
        items={[
          { value: 'people', label: t('People and roles'), content: <PeoplePanel /> },
          { value: 'keys', label: t('API keys'), content: <ApiKeysPanel /> },
          { value: 'verdicts', label: t('Verdicts'), content: <VerdictsPanel /> },
          { value: 'workspace', label: t('Workspace'), content: <WorkspacePanel /> },
          { value: 'queue', label: t('Queue'), content: <QueuePanel /> },
          ...(maySetSecrets
            ? [{ value: 'secrets', label: t('Secrets'), content: <SecretsPanel /> }]
            : []),
          { value: 'connections', label: t('Connections'), content: <ConnectionsTab /> },
          ...(mayManage
            ? [{ value: 'messages', label: t('Messages'), content: <MessagesPanel /> }]
            : []),
          { value: 'you', label: t('You'), content: <You /> },
          ...(mayLookOutside
            ? [{ value: 'outside', label: t('Outside services'), content: <OutsideServices /> }]
            : []),
        ]}
      />
    </PageBody>
  );
}
