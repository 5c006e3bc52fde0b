'use client';

import { Link } from '@/components/ui/link';
import { AgentName, TrustScore } from '@/components/trust';
import { Panel } from '@/components/ui/panel';
import type { Agent } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';

/** The agents whose score changed most over 7 days, both ways. */
export function MoversPanel({ movers }: { movers: readonly Agent[] }) {
  const workspace = useWorkspace();
  return (
    <Panel title={t('Moved most')} description={t('points over 7 days')} flush>
      {movers.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('No agent has a score from 7 days ago yet.')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {movers.map((agent) => (
            <li key={agent.id}>
              <Link
                href={`/${workspace}/agents/${agent.id}`}
                className="flex min-h-10 items-center gap-3 px-4 py-1.5 -outline-offset-2 hover:bg-hover"
              >
                <AgentName name={agent.name} trust={agent.trust} />
                <TrustScore
                  score={agent.trust.score}
                  change7d={agent.change7d}
                  className="ml-auto"
                />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
