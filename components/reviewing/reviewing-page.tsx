'use client';

import { PageBody } from '@/components/ui/page-body';
import { latePart } from '@/components/ui/late-part';
import { PageHeader } from '@/components/ui/panel';
import { SkeletonRows } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import { usePermission } from '@/lib/client/session';
import { useAddress } from '@/lib/client/use-address';
import { MyFigures } from './my-figures';
import { t } from '@/lib/client/language';

const LATE = {
  loading: <SkeletonRows rows={4} />,
  get what() {
    return t('This part could not be shown.');
  },
};
const [WorkspaceTrend] = latePart(
  async () => (await import('./workspace-trend')).WorkspaceTrend,
  LATE,
);
const [SettingsForm] = latePart(async () => (await import('./settings-form')).SettingsForm, LATE);

/** One's own reviewing; for managers also the workspace's, and how it is watched. */
export function ReviewingPage() {
  const manages = usePermission('reviewing.manage');
  const { get, change } = useAddress();
  const tab = manages && get('tab') === 'workspace' ? 'workspace' : 'mine';
  return (
    <PageBody>
      <PageHeader
        title={t('My reviewing')}
        description={t(
          'How your verdicts hold up. Nothing here is compared with anybody else, and there is no ranking.',
        )}
      />
      {manages ? (
        <Tabs
          label={t('Whose reviewing')}
          value={tab}
          onValueChange={(value) => change({ tab: value === 'mine' ? undefined : value })}
          items={[
            { value: 'mine', label: t('Mine'), content: <MyFigures /> },
            { value: 'workspace', label: t('Workspace'), content: <OfWorkspace /> },
          ]}
        />
      ) : (
        <MyFigures />
      )}
    </PageBody>
  );
}

function OfWorkspace() {
  return (
    <div className="flex flex-col gap-4">
      <WorkspaceTrend />
      <SettingsForm />
    </div>
  );
}
