import { CopyButton } from '@/components/ui/copy-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { AgentKeys } from './agent-keys';

type Version = AgentDetail['versions'][number];

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
      <AgentKeys agent={agent} />
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
