'use client';

import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import type { LadderVersion } from '@/lib/contracts';
import { laddersQuery, type LadderList } from '@/lib/client/governance-queries';
import { usePermission, useSession, useWorkspace } from '@/lib/client/session';
import { LadderEditor } from './ladder-editor';
import { LadderRuler } from './ladder-ruler';
import { LadderVersions } from './ladder-versions';
import { ladderRules } from './ladder-words';
import { ResponsesPanel } from './responses-panel';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { rich, t } from '@/lib/client/language';

function InForce({
  version,
  agentsByRung,
  onEdit,
}: {
  version: LadderVersion;
  agentsByRung: Record<string, number>;
  onEdit: () => void;
}) {
  const { role } = useSession();
  const mayEdit = usePermission('ladders.edit');
  return (
    <Panel
      title={t('Version {version}, in force', { version: version.version })}
      description={
        <>
          {rich('since {time}, by {person}', {
            time: <RelativeTime at={version.createdAt} focusable />,
            person: version.createdBy,
          })}
        </>
      }
      actions={
        mayEdit ? (
          <Button icon={<Pencil aria-hidden size={14} />} onClick={onEdit}>
            {t('Change the ladder')}
          </Button>
        ) : (
          <span className="text-dense text-ink-2">
            {t('The role {role} may look; managers and admins may change it.', {
              role: ROLE_NAMES[role],
            })}
          </span>
        )
      }
    >
      <LadderRuler ladder={version.ladder} agentsByRung={agentsByRung} />
      <dl className="mt-4 grid gap-x-6 gap-y-3 border-t border-line pt-4 sm:grid-cols-2">
        {ladderRules(version.ladder).map((rule) => (
          <div key={rule.title}>
            <dt className="text-dense font-medium">{rule.title}</dt>
            <dd className="text-ink-2">{rule.text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Ladders({ list }: { list: LadderList }) {
  const [editing, setEditing] = useState(false);
  const current = list.items.find((version) => version.current);
  if (!current)
    return (
      <Empty title={t('This workspace has no ladder')}>
        {t(
          'The default one is set when a workspace is made. Run the migrations again, or look into the log.',
        )}
      </Empty>
    );
  return (
    <div className="flex flex-col gap-4">
      {editing ? (
        <LadderEditor
          current={current}
          agentsByRung={list.agentsByRung}
          onClose={() => setEditing(false)}
        />
      ) : (
        <InForce
          version={current}
          agentsByRung={list.agentsByRung}
          onEdit={() => setEditing(true)}
        />
      )}
      <LadderVersions versions={list.items} />
    </div>
  );
}

/** How autonomy is earned and lost, and who stands where. */
export function LaddersPage() {
  const query = useQuery(laddersQuery(useWorkspace()));
  return (
    <PageBody>
      <PageHeader
        title={t('Ladder')}
        description={t(
          'Five rungs of autonomy. The score decides on which one an agent stands; the policy says what each may do.',
        )}
      />
      <QueryView query={query} what={t('The ladder could not be loaded.')}>
        {(list) => <Ladders list={list} />}
      </QueryView>
      <ResponsesPanel />
    </PageBody>
  );
}
