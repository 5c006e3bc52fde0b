'use client';

import { Tabs } from '@/components/ui/tabs';
import { useSearchState } from '@/components/ui/search-state';
import type { AgentDetail } from '@/lib/contracts';
import { DecisionsTab } from './decisions-tab';
import { EventsTab } from './events-tab';
import { IdentityTab } from './identity-tab';
import { PactTab } from './pact-tab';
import { SessionsTab } from './sessions-tab';
import { t } from '@/lib/client/language';

const TABS = ['decisions', 'sessions', 'pact', 'identity', 'events'] as const;

/** The rows behind the score: what it did, for whom, what it promised, who it is, what was done about it. */
export function AgentTabs({ agent }: { agent: AgentDetail }) {
  const { params, write } = useSearchState();
  const tab = TABS.find((known) => known === params.get('tab')) ?? 'decisions';
  return (
    <section
      aria-label={t('What lies behind the score')}
      className="min-w-0 rounded-lg border border-line bg-surface pt-1"
    >
      <Tabs
        label={t('Agent')}
        value={tab}
        onValueChange={(next) => write({ tab: next === 'decisions' ? null : next })}
        items={[
          {
            value: 'decisions',
            label: t('Decisions'),
            count: agent.counts.decisions,
            content: <DecisionsTab agent={agent} />,
          },
          {
            value: 'sessions',
            label: t('Sessions'),
            count: agent.counts.sessions,
            content: <SessionsTab agentId={agent.id} />,
          },
          { value: 'pact', label: t('Pact'), content: <PactTab agent={agent} /> },
          { value: 'identity', label: t('Identity'), content: <IdentityTab agent={agent} /> },
          {
            value: 'events',
            label: t('Switches and incidents'),
            content: <EventsTab agent={agent} />,
          },
        ]}
      />
    </section>
  );
}
