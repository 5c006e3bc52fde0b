'use client';

import { Hand, ShieldAlert } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import type { AgentDetail, Restriction } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { LiftDialog } from './lift-dialog';
import { rich, t } from '@/lib/client/language';

/** What holds the agent back because of its own conduct: a suspension, and each restriction with the way to lift it. */
export function HeldBack({ agent }: { agent: AgentDetail }) {
  const [lifting, setLifting] = useState<Restriction>();
  if (agent.status !== 'suspended' && agent.restrictions.length === 0) return null;
  return (
    <section aria-label={t('What holds this agent back')}>
      <ul className="flex flex-col gap-1">
        {agent.status === 'suspended' ? <Suspended /> : null}
        {agent.restrictions.map((item) => (
          <Strip key={item.id} item={item} onLift={() => setLifting(item)} />
        ))}
      </ul>
      {lifting ? (
        <LiftDialog agentId={agent.id} item={lifting} onClose={() => setLifting(undefined)} />
      ) : null}
    </section>
  );
}

function Suspended() {
  const workspace = useWorkspace();
  return (
    <li className="flex items-center gap-2 rounded-md bg-sev-1-soft px-3 py-1.5 text-dense text-sev-1">
      <ShieldAlert aria-hidden size={14} className="shrink-0" />
      <span className="min-w-0">
        <strong className="font-semibold">{t('Suspended after an incident of severity 1.')}</strong>{' '}
        {t('Only harmless reads go on, until the root cause is written down.')}
      </span>
      <Link
        href={`/${workspace}/incidents`}
        className="ml-auto inline-flex min-h-6 shrink-0 items-center underline underline-offset-2"
      >
        {t('Show incidents')}
      </Link>
    </li>
  );
}

function Strip({ item, onLift }: { item: Restriction; onLift: () => void }) {
  const mayLift = usePermission('restrictions.lift');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-sev-2-soft px-3 py-1.5 text-dense">
      <Hand aria-hidden size={14} className="shrink-0 text-sev-2" />
      <div className="min-w-0 flex-1 basis-72">
        <p>
          <strong className="font-semibold text-sev-2">{item.name}.</strong> {item.stops}
        </p>
        <p className="text-ink-2">
          {rich('Since {time}: {reason} {signal}.', {
            time: <RelativeTime at={item.since} focusable />,
            reason: item.reason,
            signal: <code className="text-xs">{item.signalKind}</code>,
          })}{' '}
          {item.until
            ? rich('Ends {time}.', { time: <RelativeTime at={item.until} focusable /> })
            : item.ends}
        </p>
      </div>
      {mayLift ? (
        <Button size="sm" onClick={onLift}>
          {t('Lift {name}', { name: item.name.toLowerCase() })}
        </Button>
      ) : (
        <span className="text-ink-2">{t('Analysts, managers and admins can lift it.')}</span>
      )}
    </li>
  );
}
