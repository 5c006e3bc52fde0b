'use client';

import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { peopleQuery } from '@/lib/client/governance-queries';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { InviteDialog } from './invite-dialog';
import { PersonRow } from './person-row';
import { PERSON_ROLE_ORDER, ROLE_WORDS } from './roles';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { t } from '@/lib/client/language';

/** Who belongs to the workspace, with which role. */
export function PeoplePanel() {
  const query = useQuery(peopleQuery(useWorkspace()));
  const mayManage = usePermission('people.manage');
  const [inviting, setInviting] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Panel
        title={t('People')}
        flush
        actions={
          mayManage ? (
            <Button icon={<UserPlus aria-hidden size={14} />} onClick={() => setInviting(true)}>
              {t('Add a person')}
            </Button>
          ) : (
            <span className="text-dense text-ink-2">
              {t('Only an admin can change people and roles.')}
            </span>
          )
        }
      >
        <QueryView query={query} what={t('The people could not be loaded.')}>
          {({ items }) => (
            <ul className="divide-y divide-line">
              {items.map((person) => (
                <PersonRow key={person.id} person={person} mayManage={mayManage} />
              ))}
            </ul>
          )}
        </QueryView>
      </Panel>
      <Panel title={t('Roles')}>
        <dl className="grid grid-cols-[6rem_1fr] gap-y-1.5 text-dense">
          {PERSON_ROLE_ORDER.map((role) => (
            <div key={role} className="contents">
              <dt className="font-medium">{ROLE_NAMES[role]}</dt>
              <dd className="text-ink-2">{ROLE_WORDS[role]}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </div>
  );
}
