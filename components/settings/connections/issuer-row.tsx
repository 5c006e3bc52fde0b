'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { Refusal } from '@/components/ui/refusal';
import { RelativeTime } from '@/components/ui/relative-time';
import type { IdentityIssuer } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { Fact, Facts } from '../outside-facts';
import { failureText, KIND_WORDS } from './issuer-words';
import { ISSUERS_PATH } from './queries';
import { Subjects } from './subjects';
import { useSend } from './use-send';
import type { IssuerRowProps } from './questions';

/** An issuer: who it is, how its keys are doing, and which subject is which agent. */
export function IssuerRow({ issuer, mayManage, onAsk }: IssuerRowProps) {
  const { name, kind, keys } = issuer;
  const asking = useSend((api) => api.post<IdentityIssuer>(`${ISSUERS_PATH}/${issuer.id}/try`));
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {name}
          <Badge>{KIND_WORDS[kind].name}</Badge>
          {keys.failure === null ? null : (
            <Badge tone="severity-2">{t('its keys cannot be read')}</Badge>
          )}
        </h3>
        {mayManage ? (
          <span className="ml-auto flex flex-wrap gap-1 max-sm:ml-0">
            {issuer.jwksUrl === null ? null : (
              <Button
                size="sm"
                className="max-md:h-11"
                pending={asking.isPending}
                onClick={() => asking.mutate(undefined)}
              >
                {t('Read its keys now')}
              </Button>
            )}
            <RowButton onClick={() => onAsk({ ask: 'change', issuer })}>{t('Change…')}</RowButton>
            <RowButton onClick={() => onAsk({ ask: 'remove', issuer })}>{t('Remove…')}</RowButton>
          </span>
        ) : null}
      </div>
      <Refusal error={asking.error} />
      <IssuerFacts issuer={issuer} />
      <Subjects issuer={issuer} mayManage={mayManage} onAsk={onAsk} />
    </li>
  );
}

function RowButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button size="sm" variant="quiet" className="max-md:h-11" onClick={onClick}>
      {children}
    </Button>
  );
}

function IssuerFacts({ issuer }: { issuer: IdentityIssuer }) {
  const { kind, jwksUrl, keys, algorithms, createdBy, createdAt } = issuer;
  return (
    <>
      <Facts>
        <Fact name={KIND_WORDS[kind].issuer}>
          <code className="select-all">{issuer.issuer}</code>
        </Fact>
        <Fact name={t('Its keys')}>
          <KeysText issuer={issuer} />
        </Fact>
        {jwksUrl === null ? null : (
          <Fact name={t('Read from')}>
            <code className="select-all">{jwksUrl}</code>
          </Fact>
        )}
        <Fact name={t('Signatures')}>{algorithms.join(', ')}</Fact>
        <Fact name={t('Added')}>
          {rich('by {person}, {time}', {
            person: createdBy,
            time: <RelativeTime at={createdAt} focusable />,
          })}
        </Fact>
      </Facts>
      {keys.failure === null ? null : (
        <InlineStatus tone="warning">
          {failureText(keys.failure)}{' '}
          {t('Until its keys can be read, its identities sign nobody in.')}
        </InlineStatus>
      )}
    </>
  );
}

/** What this console has seen of the keys. */
function KeysText({ issuer: { keys, jwksUrl } }: { issuer: IdentityIssuer }) {
  const { count, readAt, failure } = keys;
  if (count !== null) {
    const many = counted(count, '{count} key', '{count} keys');
    return readAt === null
      ? t('{keys}, pasted', { keys: many })
      : rich('{keys}, read {time}', { keys: many, time: <RelativeTime at={readAt} focusable /> });
  }
  if (failure === null || jwksUrl === null) return t('not needed yet since this console started');
  return rich('could not be read {time}', { time: <RelativeTime at={failure.at} focusable /> });
}
