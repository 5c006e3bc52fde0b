'use client';

import { Link } from '@/components/ui/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { stateWords } from '@/components/ui/decision-words';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { useHeld } from '@/components/ui/use-held';
import type { Decision, Overview } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { OutcomeShares } from './outcome-shares';
import { counted, t } from '@/lib/client/language';

function Row({ decision, arrived }: { decision: Decision; arrived: boolean }) {
  const workspace = useWorkspace();
  const href = decision.approvalId
    ? `/${workspace}/approvals/${decision.approvalId}`
    : `/${workspace}/agents/${decision.agentId}?decision=${decision.id}`;
  return (
    <li className={arrived ? 'animate-enter' : undefined}>
      <Link
        href={href}
        className="grid min-h-10 grid-cols-[1fr_auto] items-center gap-x-3 px-4 py-1.5 text-dense -outline-offset-2 hover:bg-hover sm:grid-cols-[11rem_1fr_10rem_4.5rem]"
      >
        <UntrustedText text={decision.agentName} className="truncate font-medium" />
        <span className="truncate max-sm:col-span-2 max-sm:row-start-2">
          <UntrustedText mono text={decision.tool} />
          <span className="text-ink-2"> {t('on')} </span>
          <UntrustedText mono text={decision.resource.id} className="text-ink-2" />
        </span>
        <OutcomeMark
          outcome={decision.outcome}
          word={stateWords(decision)}
          state={decision.state}
          settled={decision.state !== 'pending' && decision.outcome === 'require_approval'}
          className="max-sm:col-start-2 max-sm:row-start-1"
        />
        <RelativeTime at={decision.decidedAt} className="text-right text-ink-2 max-sm:hidden" />
      </Link>
    </li>
  );
}

/** The latest decisions as they happen. The list holds still while the pointer or the focus is in it. */
export function ActivityPanel({
  latest,
  last24h,
}: {
  latest: readonly Decision[];
  last24h: Overview['last24h'];
}) {
  const { shown, behind, release, holdProps } = useHeld(latest);
  // What the page came with stands still; only what arrives afterwards slides in.
  const [there] = useState(() => new Set(latest.map(({ id }) => id)));
  return (
    <Panel
      title={t('Latest decisions')}
      description={counted(
        last24h.decisions,
        '{count} decision in 24 h',
        '{count} decisions in 24 h',
      )}
      flush
      actions={
        behind ? (
          <Button size="sm" variant="quiet" onClick={release}>
            {t('Show newer')}
          </Button>
        ) : undefined
      }
    >
      <div className="border-b border-line px-4 py-2">
        <OutcomeShares byOutcome={last24h.byOutcome} />
      </div>
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('No agent has asked for anything yet.')}</p>
      ) : (
        <ul {...holdProps} className="divide-y divide-line">
          {shown.map((decision) => (
            <Row key={decision.id} decision={decision} arrived={!there.has(decision.id)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
