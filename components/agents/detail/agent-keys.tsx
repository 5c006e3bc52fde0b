'use client';

import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { latePart } from '@/components/ui/late-part';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail, AgentKey } from '@/lib/contracts';
import { usePermission } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';
import { RevokeKeyDialog } from './revoke-key-dialog';

// Opened once in a while; no page begins with it.
const [AddKeyDialog] = latePart(async () => (await import('./add-key-dialog')).AddKeyDialog, {
  loading: null,
  get what() {
    return t('This window could not be opened.');
  },
  giveUp: ({ onClose }) => onClose(),
});

const COLUMNS: readonly Column<AgentKey>[] = [
  {
    id: 'kid',
    get header() {
      return t('Key');
    },
    cell: (key) => (
      <span className="flex items-center gap-1">
        <UntrustedText text={key.kid} mono className="max-lg:max-w-[28ch] max-lg:truncate" />
        <CopyButton text={JSON.stringify(key.publicKey)} label={t('Copy the public key as JWK')} />
      </span>
    ),
  },
  {
    id: 'addedBy',
    get header() {
      return t('Added by');
    },
    width: '132px',
    hideBelow: 'sm',
    cell: (key) => (key.addedBy === null ? t('a program') : <UntrustedText text={key.addedBy} />),
  },
  {
    id: 'created',
    get header() {
      return t('Registered');
    },
    width: '112px',
    hideBelow: 'sm',
    cell: (key) => <RelativeTime at={key.createdAt} />,
  },
  {
    id: 'used',
    get header() {
      return t('Last used');
    },
    width: '112px',
    hideBelow: 'sm',
    cell: (key) => (key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : t('never')),
  },
  {
    id: 'expires',
    get header() {
      return t('Expires');
    },
    width: '112px',
    hideBelow: 'sm',
    cell: (key) => (key.expiresAt ? <RelativeTime at={key.expiresAt} /> : t('never')),
  },
  {
    id: 'state',
    get header() {
      return t('State');
    },
    width: '156px',
    cell: (key) => <KeyState item={key} />,
  },
];

function KeyState({ item: { state, revokedAt, expiresAt } }: { item: AgentKey }) {
  switch (state) {
    case 'in_force':
      return t('valid');
    case 'expiring':
      return <Badge tone="severity-3">{endText(expiresAt, 'ends')}</Badge>;
    case 'expired':
      return <Badge tone="severity-2">{endText(expiresAt, 'expired')}</Badge>;
    case 'revoked':
      return (
        <Badge>
          {revokedAt === null
            ? t('revoked')
            : rich('revoked {time}', { time: <RelativeTime at={revokedAt} /> })}
        </Badge>
      );
  }
}

/** The state says when, too: on a phone it is the only column about it. */
function endText(expiresAt: string | null, what: 'ends' | 'expired') {
  const time = expiresAt === null ? null : <RelativeTime at={expiresAt} />;
  return what === 'ends' ? rich('ends {time}', { time }) : rich('expired {time}', { time });
}

/** The keys an agent signs with and has signed with, and the way to take one from it. */
export function AgentKeys({ agent }: { agent: AgentDetail }) {
  const mayEdit = usePermission('agents.edit') && agent.status !== 'revoked';
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<AgentKey>();
  const action: Column<AgentKey> = {
    id: 'revoke',
    header: t('Action'),
    width: '104px',
    cell: (key) =>
      key.revokedAt === null ? (
        <Button size="sm" onClick={() => setRevoking(key)}>
          {t('Revoke…')}
        </Button>
      ) : null,
  };
  return (
    <section>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-1">
        <h3 className="text-dense font-semibold">{t('Keys')}</h3>
        {mayEdit ? (
          <Button size="sm" className="ml-auto max-md:h-11" onClick={() => setAdding(true)}>
            {t('Add a key…')}
          </Button>
        ) : null}
      </div>
      <DataTable
        label={t('Keys')}
        rows={agent.keys}
        rowKey={(key) => key.kid}
        columns={mayEdit ? [...COLUMNS, action] : COLUMNS}
      />
      {adding ? <AddKeyDialog agent={agent} onClose={() => setAdding(false)} /> : null}
      {revoking === undefined ? null : (
        <RevokeKeyDialog
          agentId={agent.id}
          kid={revoking.kid}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </section>
  );
}
