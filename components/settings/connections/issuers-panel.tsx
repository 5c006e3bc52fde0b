'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { latePart } from '@/components/ui/late-part';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty } from '@/components/ui/states';
import type { IdentityIssuerList } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { IssuerRow } from './issuer-row';
import { issuersQuery } from './queries';
import { WhoMay } from './who-may';
import type { IssuerQuestion } from './questions';

// No page begins with a window.
const [IssuerWindow] = latePart(async () => (await import('./issuer-window')).IssuerWindow, {
  loading: null,
  get what() {
    return t('This window could not be opened.');
  },
  giveUp: ({ onClose }) => onClose(),
});

/** Issuers and trust domains whose identities stand for agents. */
export function IssuersPanel() {
  const query = useQuery(issuersQuery(useWorkspace()));
  const mayManage = usePermission('workspace.manage');
  const [question, setQuestion] = useState<IssuerQuestion>();
  const add = <Button onClick={() => setQuestion({ ask: 'add' })}>{t('Add an issuer')}</Button>;
  return (
    <Panel
      title={t('Identity issuers')}
      description={t('whose identities stand for agents, besides their own keys')}
      flush
      actions={mayManage ? add : undefined}
    >
      <QueryView query={query} what={t('The identity issuers could not be loaded.')}>
        {({ items, audiences }) => (
          <>
            {items.length === 0 ? (
              <NoIssuer />
            ) : (
              <ul aria-label={t('Identity issuers')} className="divide-y divide-line">
                {items.map((issuer) => (
                  <IssuerRow
                    key={issuer.id}
                    issuer={issuer}
                    mayManage={mayManage}
                    onAsk={setQuestion}
                  />
                ))}
              </ul>
            )}
            <Audience audiences={audiences} />
            {mayManage ? null : <WhoMay />}
          </>
        )}
      </QueryView>
      {question ? (
        <IssuerWindow question={question} onClose={() => setQuestion(undefined)} />
      ) : null}
    </Panel>
  );
}

function NoIssuer() {
  return (
    <Empty title={t('No issuer is believed yet')}>
      {t(
        'Agents sign in with keys of their own. Where they have an identity already, from an OpenID provider or a SPIFFE trust domain, add its issuer and say which of its subjects is which agent.',
      )}
    </Empty>
  );
}

/** What a token has to name; needed where the issuer is set up. */
function Audience({ audiences: [audience] }: Pick<IdentityIssuerList, 'audiences'>) {
  if (audience === undefined) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 border-t border-line px-4 py-2 text-dense text-ink-2">
      {t('Audience (aud) that tokens of an issuer have to name:')}
      <code className="text-ink wrap-anywhere select-all">{audience}</code>
      <CopyButton text={audience} label={t('Copy the audience')} />
    </p>
  );
}
