import { BadgeCheck, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { DIMENSION_NAMES, dimensionText, measuredText } from './checks-text';
import { rich, t } from '@/lib/client/language';

/** What checks say of the agent: dimensions over 30 days, badges with their end, commitments kept and broken. */
export function ChecksPanel({ agent }: { agent: AgentDetail }) {
  if (saysNothing(agent))
    return (
      <Panel
        title={t('Checks')}
        description={t('Results of evaluation runs over the last 30 days')}
      >
        <p className="text-dense text-ink-2">
          {rich('None yet. Whatever evaluates the agent sends its results to {path}.', {
            path: <code className="font-mono">POST /api/v1/evaluation-runs</code>,
          })}
        </p>
      </Panel>
    );
  return (
    <Panel title={t('Checks')} description={t('Results of evaluation runs over the last 30 days')}>
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-3">
        <Part title={t('Dimensions')}>
          <dl className="flex flex-col gap-2 text-dense">
            {agent.dimensions.map((item) => (
              <div key={item.dimension}>
                <dt className="font-medium">{DIMENSION_NAMES[item.dimension]}</dt>
                <dd className="text-ink-2">
                  <Bar share={item.score} />
                  {dimensionText(item)}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
        <Part title={t('Badges')}>
          <Badges badges={agent.badges} />
        </Part>
        <Part title={t('Commitments')}>
          <Commitments commitments={agent.commitments} />
        </Part>
      </div>
    </Panel>
  );
}

/** Most agents have no checks: a panel of empty bars would only be in the way. */
function saysNothing({ dimensions, badges, commitments }: AgentDetail): boolean {
  const measured = dimensions.some(({ score }) => score !== null);
  return !measured && badges.length === 0 && commitments.length === 0;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-2 text-dense font-semibold">{title}</h3>
      {children}
    </div>
  );
}

/** Hatched and empty while unknown; the number beside it says the same. */
function Bar({ share }: { share: number | null }) {
  return (
    <span aria-hidden className="my-1 block h-1.5 rounded-sm bg-sunken">
      {share === null ? null : (
        <span className="block h-full rounded-sm bg-ink-2" style={{ width: `${share * 100}%` }} />
      )}
    </span>
  );
}

function Badges({ badges }: { badges: AgentDetail['badges'] }) {
  if (badges.length === 0)
    return (
      <p className="text-dense text-ink-2">
        {t('None. A badge is earned by checks that all passed for 30 days.')}
      </p>
    );
  return (
    <ul className="flex flex-col gap-2 text-dense">
      {badges.map((badge) => (
        <li key={badge.id}>
          <Badge icon={<BadgeCheck aria-hidden size={12} />} hint={badge.text}>
            {badge.label}
          </Badge>{' '}
          <span className="text-ink-2">
            {rich('ends {time}', { time: <RelativeTime at={badge.expiresAt} focusable /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

const STATES = {
  kept: {
    icon: CircleCheck,
    get word() {
      return t('Kept');
    },
  },
  broken: {
    icon: CircleX,
    get word() {
      return t('Broken');
    },
  },
  unknown: {
    icon: CircleDashed,
    get word() {
      return t('Unknown');
    },
  },
} as const;

function Commitments({ commitments }: { commitments: AgentDetail['commitments'] }) {
  if (commitments.length === 0)
    return <p className="text-dense text-ink-2">{t('Its pact makes none.')}</p>;
  return (
    <ul className="flex flex-col gap-2 text-dense">
      {commitments.map((item) => {
        const { icon: Icon, word } = STATES[item.state];
        return (
          <li key={item.name} className="flex items-start gap-2">
            <Icon aria-hidden size={14} className="mt-0.5 shrink-0 text-ink-2" />
            <div className="min-w-0">
              <p>
                <span className="font-medium">{word}:</span> <UntrustedText text={item.name} />
              </p>
              <p className="text-ink-2">
                {item.since ? (
                  rich('{measured}, since {time}', {
                    measured: <UntrustedText text={measuredText(item)} />,
                    time: <RelativeTime at={item.since} focusable />,
                  })
                ) : (
                  <UntrustedText text={measuredText(item)} />
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
