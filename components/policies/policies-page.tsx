'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { InlineStatus } from '@/components/ui/inline-status';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty } from '@/components/ui/states';
import type { PolicyVersion } from '@/lib/contracts';
import { policiesQuery, type PolicyList } from '@/lib/client/governance-queries';
import { useWorkspace } from '@/lib/client/session';
import { PolicyEditor } from './policy-editor';
import { ProposalPanel } from './proposal-panel';
import { VersionPanel } from './version-panel';
import { t } from '@/lib/client/language';

function savedWords({ version, state }: PolicyVersion): string {
  return state === 'in_force'
    ? t('Version {version} is in force.', { version })
    : t('Version {version} is proposed. A second manager or admin has to approve it.', { version });
}

/** What was said of a version when it was saved ends to be true once somebody approves it or takes it back. */
const stillSo = (saved: PolicyVersion, versions: readonly PolicyVersion[]) =>
  versions.some(({ version, state }) => version === saved.version && state === saved.state);

/** The version on screen: the chosen one, or the one in force. */
function useChosen(versions: readonly PolicyVersion[]) {
  const [chosen, setChosen] = useState<number>();
  const current = versions.find((version) => version.current);
  const shown = versions.find((version) => version.version === chosen) ?? current ?? versions[0];
  return { shown, current, setChosen };
}

function Policies({ list }: { list: PolicyList }) {
  const versions = list.items;
  const { shown, current, setChosen } = useChosen(versions);
  const [editing, setEditing] = useState<PolicyVersion>();
  const [saved, setSaved] = useState<PolicyVersion>();
  if (!shown)
    return (
      <Empty title={t('This workspace has no policy')}>
        {t('Without a policy nothing is allowed. The default one is set when a workspace is made.')}
      </Empty>
    );
  const proposals = versions.filter(({ state }) => state === 'proposed');
  const edit = () => {
    setSaved(undefined);
    setEditing(current);
  };
  const done = (version: PolicyVersion) => {
    setSaved(version);
    setChosen(undefined);
    setEditing(undefined);
  };
  return (
    <div className="flex flex-col gap-4">
      {saved && stillSo(saved, versions) ? (
        <InlineStatus tone="done">{savedWords(saved)}</InlineStatus>
      ) : null}
      {proposals.map((proposal) => (
        <ProposalPanel
          key={proposal.version}
          proposal={proposal}
          onLook={() => setChosen(proposal.version)}
        />
      ))}
      {editing ? (
        <PolicyEditor
          current={editing}
          inForce={current?.version ?? editing.version}
          onSaved={done}
          onClose={() => setEditing(undefined)}
        />
      ) : (
        <VersionPanel shown={shown} versions={versions} onChoose={setChosen} onEdit={edit} />
      )}
    </div>
  );
}

/** The policy in force, proposals that wait for a second person, and the editor of the next version. */
export function PoliciesPage() {
  const query = useQuery(policiesQuery(useWorkspace()));
  return (
    <PageBody>
      <PageHeader
        title={t('Policies')}
        description={t(
          'What each rung may do, as Cedar rules. Every call is asked twice, unapproved and approved: allowed only when approved means that a person decides.',
        )}
      />
      <QueryView query={query} what={t('The policies could not be loaded.')}>
        {(list) => <Policies list={list} />}
      </QueryView>
    </PageBody>
  );
}
