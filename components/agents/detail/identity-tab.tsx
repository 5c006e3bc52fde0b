import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';

type Key = AgentDetail['keys'][number];
type Version = AgentDetail['versions'][number];

const KEYS: readonly Column<Key>[] = [
  {
    id: 'kid',
    get header() {
      return t('Key');
    },
    cell: (key) => (
      <span className="flex items-center gap-1">
        <UntrustedText text={key.kid} mono className="max-w-[28ch] truncate" />
        <CopyButton text={JSON.stringify(key.publicKey)} label={t('Copy the public key as JWK')} />
      </span>
    ),
  },
  {
    id: 'kind',
    get header() {
      return t('Algorithm');
    },
    width: '120px',
    hideBelow: 'sm',
    cell: () => 'Ed25519',
  },
  {
    id: 'created',
    get header() {
      return t('Registered');
    },
    width: '128px',
    cell: (key) => <RelativeTime at={key.createdAt} />,
  },
  {
    id: 'expires',
    get header() {
      return t('Expires');
    },
    width: '128px',
    hideBelow: 'sm',
    cell: (key) => (key.expiresAt ? <RelativeTime at={key.expiresAt} /> : 'never'),
  },
  {
    id: 'state',
    get header() {
      return t('State');
    },
    width: '180px',
    cell: (key) =>
      key.revokedAt ? (
        <Badge>{rich('revoked {time}', { time: <RelativeTime at={key.revokedAt} /> })}</Badge>
      ) : (
        'valid'
      ),
  },
];

const VERSIONS: readonly Column<Version>[] = [
  {
    id: 'version',
    get header() {
      return t('Version');
    },
    cell: (row) => <UntrustedText text={row.version} />,
  },
  {
    id: 'seen',
    get header() {
      return t('First seen');
    },
    width: '160px',
    cell: (row) => <RelativeTime at={row.firstSeenAt} />,
  },
];

/** Who it is: the keys it signs with, and the versions it has run as. */
export function IdentityTab({ agent }: { agent: AgentDetail }) {
  return (
    <div className="flex flex-col gap-5 pb-3">
      <p className="flex items-center gap-2 px-4 text-dense">
        <span className="text-ink-2">{t('Agent id')}</span>
        <code>{agent.id}</code>
        <CopyButton text={agent.id} label={t('Copy the agent id')} />
      </p>
      <section>
        <h3 className="px-4 pb-1 text-dense font-semibold">{t('Keys')}</h3>
        <DataTable label={t('Keys')} rows={agent.keys} rowKey={(key) => key.kid} columns={KEYS} />
      </section>
      <section>
        <h3 className="px-4 pb-1 text-dense font-semibold">{t('Versions')}</h3>
        <DataTable
          label={t('Versions')}
          rows={agent.versions}
          rowKey={(row) => row.version}
          columns={VERSIONS}
        />
      </section>
    </div>
  );
}
