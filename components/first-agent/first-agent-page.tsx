'use client';

import { useState } from 'react';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { NoPermission } from '@/components/ui/states';
import { usePermission, useSession } from '@/lib/client/session';
import { ConnectSteps } from './connect-steps';
import { RegisterForm, type Registered } from './register-form';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { t } from '@/lib/client/language';

/** From nothing to the first decision of an agent of one's own, on one page. */
export function FirstAgentPage() {
  const { role } = useSession();
  const mayRegister = usePermission('agents.edit');
  const [registered, setRegistered] = useState<Registered>();
  return (
    <PageBody>
      <PageHeader
        title={
          registered ? t('Connect {name}', { name: registered.agent.name }) : t('Register agent')
        }
        description={t(
          'An agent asks Belay before it acts. It starts on the lowest rung and climbs by evidence.',
        )}
      />
      {registered ? (
        <ConnectSteps registered={registered} />
      ) : mayRegister ? (
        <Panel className="max-w-3xl">
          <RegisterForm onDone={setRegistered} />
        </Panel>
      ) : (
        <NoPermission
          what={t('The role {role} may not register agents', { role: ROLE_NAMES[role] })}
          who={t('A manager or an administrator of this workspace can.')}
        />
      )}
    </PageBody>
  );
}
