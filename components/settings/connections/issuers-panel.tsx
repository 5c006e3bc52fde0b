'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty } from '@/components/ui/states';
import type { IdentityIssuer, IdentityIssuerList } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { IssuerDialog } from './issuer-dialog';
import { IssuerRow } from './issuer-row';
import { issuersQuery } from './queries';
import { RemoveIssuer, RemoveSubject } from './remove-issuer';
import { SubjectDialog } from './subject-dialog';
import { WhoMay } from './who-may';

/** What is asked about an issuer; each is a window of its own. */
export type IssuerQuestion =
  | { readonly ask: 'add' }
  | { readonly ask: 'change' | 'bind' | 'remove'; readonly issuer: IdentityIssuer }
  | { readonly ask: 'unbind'; readonly issuer: IdentityIssuer; readonly subjectId: string };

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
      {question ? <Window question={question} onClose={() => setQuestion(undefined)} /> : null}
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

function Window({ question, onClose }: { question: IssuerQuestion; onClose: () => void }) {
  switch (question.ask) {
    case 'add':
      return <IssuerDialog onClose={onClose} />;
    case 'change':
      return <IssuerDialog issuer={question.issuer} onClose={onClose} />;
    case 'bind':
      return <SubjectDialog issuer={question.issuer} onClose={onClose} />;
    case 'remove':
      return <RemoveIssuer issuer={question.issuer} onClose={onClose} />;
    case 'unbind':
      return (
        <RemoveSubject issuer={question.issuer} subjectId={question.subjectId} onClose={onClose} />
      );
  }
}
