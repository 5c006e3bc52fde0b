import { ArrowUp, CircleDashed, Trophy } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { LayerBars } from '@/components/trust/layer-bars';
import { rungName } from '@/components/trust/layers';
import { numberText } from '@/components/ui/number-text';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import type { AgentDetail, Trust } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { outcomeLabel } from './decision-text';
import { t } from '@/lib/client/language';

/** The four layers with coverage and freshness. */
export function LayersPanel({ trust }: { trust: Trust }) {
  return (
    <Panel title={t('Layers')}>
      <LayerBars trust={trust} />
    </Panel>
  );
}

/** What stands between the agent and the next rung it can earn: a pin above it changes nothing here. */
export function NextRungPanel({ agent }: { agent: AgentDetail }) {
  const { rungs } = agent.ladder;
  const earned = agent.override?.earnedRung ?? agent.trust.rung;
  const next = rungs.find((entry) => entry.rung === earned + 1);
  if (!next)
    return (
      <Panel title={t('Next rung')}>
        <p className="flex items-center gap-2">
          <Trophy aria-hidden size={16} className="text-ink-2" />
          {t('It has earned the highest rung. It falls at once when the evidence turns.')}
        </p>
      </Panel>
    );
  return (
    <Panel
      title={t('Missing for rung {rung}', { rung: next.rung })}
      description={rungName(next.rung, rungs)}
    >
      <RungProgress score={agent.trust.score} rungs={rungs} />
      <ul className="mt-3 flex flex-col gap-1.5 text-dense">
        {agent.nextRung.map((missing) => (
          <li key={missing} className="flex items-start gap-2">
            <CircleDashed aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-3" />
            {missing}
          </li>
        ))}
        {agent.nextRung.length === 0 ? (
          <li className="flex items-start gap-2">
            <ArrowUp aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-2" />
            {t('Nothing is missing: it climbs with the next evidence.')}
          </li>
        ) : null}
      </ul>
    </Panel>
  );
}

/** Where the score stands on the ladder, from 0 to 1. */
function RungProgress({ score, rungs }: { score: number; rungs: AgentDetail['ladder']['rungs'] }) {
  const ordered = [...rungs].sort((a, b) => a.min - b.min);
  return (
    <div aria-hidden className="relative pt-2">
      <div className="flex h-2 gap-0.5">
        {ordered.map((entry, index) => (
          <div
            key={entry.rung}
            className="rounded-sm"
            style={{
              flexGrow: (ordered[index + 1]?.min ?? 1) - (index === 0 ? 0 : entry.min),
              background: `var(--rung-${entry.rung})`,
            }}
          />
        ))}
      </div>
      <div
        className="absolute top-0.5 h-5 w-0.5 -translate-x-1/2 bg-ink"
        style={{ left: `${score * 100}%` }}
      />
    </div>
  );
}

/** What it has done so far, in numbers that lead to the rows behind them. */
export function RecordPanel({ agent }: { agent: AgentDetail }) {
  const workspace = useWorkspace();
  const { counts } = agent;
  const outcomes = ['allow', 'require_approval', 'suggest', 'deny'].map(
    (outcome) => [outcome, counts.byOutcome[outcome] ?? 0] as const,
  );
  return (
    <Panel title={t('Track record')} className="md:max-xl:col-span-2">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-1.5 text-dense">
        <Fact label={t('Decisions')}>{numberText(counts.decisions)}</Fact>
        <Fact label={t('Sessions')}>{numberText(counts.sessions)}</Fact>
        {outcomes.map(([outcome, count]) => (
          <Fact key={outcome} label={outcomeLabel(outcome)}>
            {numberText(count)}
          </Fact>
        ))}
        <Fact label={t('Approved by people')}>{numberText(counts.approved)}</Fact>
        <Fact label={t('Rejected by people')}>{numberText(counts.rejected)}</Fact>
        <Fact label={t('Waiting now')}>
          {agent.pendingApprovals > 0 ? (
            <Link
              href={`/${workspace}/approvals?agent=${agent.id}`}
              className="text-accent underline underline-offset-2"
            >
              {numberText(agent.pendingApprovals)}
            </Link>
          ) : (
            '0'
          )}
        </Fact>
        <Fact label={t('Open incidents')}>
          {agent.openIncidents > 0 ? (
            <span className="text-sev-1">{numberText(agent.openIncidents)}</span>
          ) : (
            '0'
          )}
        </Fact>
        <Fact label={t('Registered')}>
          <RelativeTime at={agent.createdAt} />
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 border-b border-line/60 pb-1">
      <dt className="text-ink-2">{label}</dt>
      <dd className="font-medium whitespace-nowrap">{children}</dd>
    </div>
  );
}
