'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import type { ApiKey } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { apiKeyKeys } from '@/lib/client/query-keys';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { CreateKeyDialog } from './create-key-dialog';
import { apiKeysQuery } from './queries';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { rich, t } from '@/lib/client/language';

function stateOf(key: ApiKey): string | undefined {
  if (key.revokedAt) return t('revoked');
  return key.expiresAt && Date.parse(key.expiresAt) < Date.now() ? t('expired') : undefined;
}

function RevokeButton({ apiKey }: { apiKey: ApiKey }) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.delete(`/api/v1/api-keys/${apiKey.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeyKeys.list(workspace) }),
  });
  return (
    <span className="flex items-center gap-2">
      {revoke.error ? (
        <InlineStatus tone="error">{describeError(revoke.error).detail}</InlineStatus>
      ) : null}
      {asked ? (
        <>
          <Button
            size="sm"
            variant="danger"
            pending={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {t('Revoke {name} for good', { name: apiKey.name })}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setAsked(false)}>
            {t('Keep it')}
          </Button>
        </>
      ) : (
        <Button size="sm" variant="quiet" onClick={() => setAsked(true)}>
          {t('Revoke…')}
        </Button>
      )}
    </span>
  );
}

/** Since when it is, when it was last used and, while it works, when it ends. */
function KeyFacts({ apiKey, over }: { apiKey: ApiKey; over: boolean }) {
  const { createdAt, lastUsedAt, expiresAt } = apiKey;
  const made = <RelativeTime at={createdAt} />;
  const used = lastUsedAt
    ? rich('last used {time}', { time: <RelativeTime at={lastUsedAt} /> })
    : t('never used');
  if (!expiresAt || over) return rich('made {made}, {used}', { made, used });
  const ends = <RelativeTime at={expiresAt} />;
  return rich('made {made}, {used}, expires {ends}', { made, used, ends });
}

function KeyRow({ apiKey, mayManage }: { apiKey: ApiKey; mayManage: boolean }) {
  const state = stateOf(apiKey);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{apiKey.name}</span>
          <code className="text-xs text-ink-2">{apiKey.prefix}…</code>
          <Badge>{ROLE_NAMES[apiKey.role]}</Badge>
          {state ? <Badge tone="severity-3">{state}</Badge> : null}
        </p>
        <p className="text-dense text-ink-2">
          <KeyFacts apiKey={apiKey} over={state !== undefined} />
        </p>
      </div>
      {mayManage && !state ? <RevokeButton apiKey={apiKey} /> : null}
    </li>
  );
}

/** Keys for programs. A key is shown once, when it is made. */
export function ApiKeysPanel() {
  const query = useQuery(apiKeysQuery(useWorkspace()));
  const mayManage = usePermission('keys.manage');
  const [making, setMaking] = useState(false);
  const make = (
    <Button icon={<KeyRound aria-hidden size={14} />} onClick={() => setMaking(true)}>
      {t('Make an API key')}
    </Button>
  );
  return (
    <Panel
      title={t('API keys')}
      description={t('for programs; a key may do what its role may do')}
      flush
      actions={mayManage ? make : undefined}
    >
      <QueryView query={query} what={t('The API keys could not be loaded.')}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('No API key yet')} action={mayManage ? make : undefined}>
              {t(
                'Telemetry, CI and gateways use a key. Agents do not: they have a key pair of their own.',
              )}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((apiKey) => (
                <KeyRow key={apiKey.id} apiKey={apiKey} mayManage={mayManage} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {making ? <CreateKeyDialog onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}
