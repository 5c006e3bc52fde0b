'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import type { ApiKey } from '@/lib/contracts';
import { apiKeyKeys } from '@/lib/client/query-keys';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { ConfirmDialog } from './confirm-dialog';
import { CreateKeyDialog } from './create-key-dialog';
import { apiKeysQuery } from './queries';
import { ROLE_NAMES } from '@/components/ui/role-words';
import { rich, t } from '@/lib/client/language';

function stateOf(key: ApiKey): string | undefined {
  if (key.revokedAt) return t('revoked');
  return key.expiresAt && Date.parse(key.expiresAt) < Date.now() ? t('expired') : undefined;
}

/** Says what follows before a key is gone. */
function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const { id, name } = apiKey;
  const revoke = useMutation({
    mutationFn: () => api.delete(`/api/v1/api-keys/${id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: apiKeyKeys.list(workspace) });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('Revoke {name}', { name })}
      action={t('Revoke {name} for good', { name })}
      sending={revoke}
      unchanged={t('The key still works.')}
      onClose={onClose}
    >
      <p>
        {t(
          'Whatever uses the key is refused from its next request on. A key cannot be brought back; make another one instead.',
        )}
      </p>
    </ConfirmDialog>
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

/** Without `onRevoke` the key cannot be revoked by whoever looks. */
function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (() => void) | undefined }) {
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
      {onRevoke && !state ? (
        <Button size="sm" variant="quiet" className="max-md:h-11" onClick={onRevoke}>
          {t('Revoke…')}
        </Button>
      ) : null}
    </li>
  );
}

/** Keys for programs. A key is shown once, when it is made. */
export function ApiKeysPanel() {
  const query = useQuery(apiKeysQuery(useWorkspace()));
  const mayManage = usePermission('keys.manage');
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
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
                <KeyRow
                  key={apiKey.id}
                  apiKey={apiKey}
                  onRevoke={mayManage ? () => setRevoking(apiKey) : undefined}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {revoking ? <RevokeDialog apiKey={revoking} onClose={() => setRevoking(undefined)} /> : null}
      {making ? <CreateKeyDialog onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}
