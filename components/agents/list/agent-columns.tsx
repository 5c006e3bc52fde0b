import { Siren } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RungBadge } from '@/components/trust/rung-badge';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { TrustChange, TrustScore } from '@/components/trust/trust-score';
import { Badge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Agent } from '@/lib/contracts';
import { AgentState } from './agent-state';
import { KeyEnd } from './key-end';
import { t } from '@/lib/client/language';

type Rungs = readonly { rung: number; name: string }[];

/** The columns of the agents list; `id`s of sortable ones are the sorts of the API. */
export function agentColumns(workspace: string, rungs: Rungs | undefined): Column<Agent>[] {
  return [
    {
      id: 'name',
      header: t('Agent'),
      sortable: true,
      cell: (agent) => <NameCell agent={agent} workspace={workspace} rungs={rungs} />,
    },
    ...TRUST_COLUMNS,
    {
      id: 'rung',
      header: t('Rung'),
      width: '56px',
      cell: (agent) => (
        <RungBadge rung={agent.trust.rung} rungs={rungs} override={agent.override} />
      ),
    },
    {
      id: 'state',
      header: t('State'),
      width: '132px',
      hideBelow: 'sm',
      cell: (agent) => (
        <span className="flex flex-wrap gap-1">
          <AgentState agent={agent} />
          <KeyEnd agent={agent} />
        </span>
      ),
    },
    {
      id: 'pending',
      header: t('Waiting'),
      align: 'right',
      width: '80px',
      hideBelow: 'sm',
      cell: (agent) => <PendingCell agent={agent} workspace={workspace} />,
    },
    ...RECORD_COLUMNS,
  ];
}

const TRUST_COLUMNS: readonly Column<Agent>[] = [
  {
    id: 'score',
    get header() {
      return t('Score');
    },
    align: 'right',
    width: '72px',
    sortable: true,
    cell: (agent) => <TrustScore score={agent.trust.score} />,
  },
  {
    id: 'change',
    get header() {
      return t('{n} d, points', { n: 7 });
    },
    align: 'right',
    width: '96px',
    hideBelow: 'sm',
    cell: (agent) => <TrustChange change7d={agent.change7d} />,
  },
];

const RECORD_COLUMNS: readonly Column<Agent>[] = [
  {
    id: 'incidents',
    get header() {
      return t('Incidents');
    },
    align: 'right',
    width: '92px',
    hideBelow: 'sm',
    cell: (agent) => <IncidentCell count={agent.openIncidents} />,
  },
  {
    id: 'lastSeen',
    get header() {
      return t('Last seen');
    },
    width: '112px',
    sortable: true,
    hideBelow: 'md',
    cell: (agent) => <LastSeen at={agent.lastSeenAt} />,
  },
  {
    id: 'owner',
    get header() {
      return t('Owner');
    },
    width: '180px',
    hideBelow: 'lg',
    cell: (agent) => <UntrustedText text={agent.owner} className="block truncate text-ink-2" />,
  },
];

function LastSeen({ at }: { at: string | null }) {
  return at ? (
    <RelativeTime at={at} className="text-ink-2" />
  ) : (
    <span className="text-ink-3">{t('never')}</span>
  );
}

function NameCell({
  agent,
  workspace,
  rungs,
}: {
  agent: Agent;
  workspace: string;
  rungs: Rungs | undefined;
}) {
  return (
    <span className="flex max-w-[52vw] min-w-0 items-center gap-2.5 sm:max-w-[360px]">
      <TrustGlyph trust={agent.trust} size={20} rungs={rungs} />
      <span className="flex min-w-0 flex-col sm:flex-row sm:items-baseline sm:gap-2">
        <Link
          href={`/${workspace}/agents/${agent.id}`}
          tabIndex={-1}
          className="truncate font-medium text-ink hover:underline"
        >
          <UntrustedText text={agent.name} />
        </Link>
        <span className="truncate text-xs text-ink-3 max-sm:hidden">
          <UntrustedText text={agent.version} />
        </span>
        <NarrowLine agent={agent} />
      </span>
    </span>
  );
}

/** On a phone the columns are gone: what needs attention stands under the name. */
function NarrowLine({ agent }: { agent: Agent }) {
  const calm =
    agent.status === 'active' && agent.switches.length === 0 && agent.restrictions.length === 0;
  const quiet = calm && agent.pendingApprovals === 0 && agent.openIncidents === 0;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-ink-2 sm:hidden">
      {quiet ? <TrustChange change7d={agent.change7d} withUnit /> : null}
      {calm ? null : <AgentState agent={agent} />}
      {agent.openIncidents > 0 ? <IncidentCell count={agent.openIncidents} /> : null}
      {agent.pendingApprovals > 0 ? (
        <span>{t('{count} waiting', { count: agent.pendingApprovals })}</span>
      ) : null}
    </span>
  );
}

function PendingCell({ agent, workspace }: { agent: Agent; workspace: string }) {
  if (agent.pendingApprovals === 0) return <span className="text-ink-3">0</span>;
  return (
    <Link
      href={`/${workspace}/approvals?agent=${agent.id}`}
      tabIndex={-1}
      className="font-medium text-accent underline underline-offset-2"
      data-hint={t('Calls of this agent that wait for a person')}
    >
      {agent.pendingApprovals}
    </Link>
  );
}

function IncidentCell({ count }: { count: number }) {
  if (count === 0) return <span className="text-ink-3">0</span>;
  return (
    <Badge tone="severity-1" icon={<Siren aria-hidden size={12} />}>
      {t('{count} open', { count })}
    </Badge>
  );
}
