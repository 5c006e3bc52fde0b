'use client';

import { WaitingElsewhere } from '@/components/shell/waiting-elsewhere';
import { Link } from '@/components/ui/link';
import { AgentName } from '@/components/trust';
import { buttonClass } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Countdown, RelativeTime } from '@/components/ui/relative-time';
import { numberText } from '@/components/ui/number-text';
import { durationText } from '@/components/ui/time-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Overview } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';

function Oldest({ approval }: { approval: NonNullable<Overview['pending']['oldest']> }) {
  return (
    <div className="mt-3 rounded-md border border-line p-3 text-dense">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="text-ink-2">{t('Oldest')}</span>
        <RelativeTime at={approval.requestedAt} className="font-medium" focusable />
        <span className="ml-auto text-ink-2">
          {rich('expires in {left}', {
            left: <Countdown until={approval.expiresAt} className="font-medium text-ink" />,
          })}
        </span>
      </p>
      <p className="mt-2 flex min-w-0">
        <AgentName name={approval.agent.name} trust={approval.agent.trust} />
      </p>
      <p className="mt-1 truncate">
        <UntrustedText mono text={approval.action.name} />
        <span className="text-ink-2"> {t('on')} </span>
        <UntrustedText mono text={approval.resource.id} />
      </p>
    </div>
  );
}

/** What waits for a person, the oldest of it, and the way there. */
export function WaitingPanel({
  pending,
  medianSeconds,
}: {
  pending: Overview['pending'];
  medianSeconds: number | null;
}) {
  const workspace = useWorkspace();
  const mayDecide = usePermission('approvals.decide');
  return (
    <Panel title={t('Waiting for a person')} className="h-full">
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold">{numberText(pending.count)}</span>
        <span className="text-ink-2">{pending.count === 1 ? t('approval') : t('approvals')}</span>
      </p>
      {pending.oldest ? (
        <>
          <Oldest approval={pending.oldest} />
          <Link
            href={`/${workspace}/approvals/${pending.oldest.id}`}
            className={`${buttonClass('primary')} mt-3 w-full`}
          >
            {mayDecide ? t('Review the oldest') : t('Look at the oldest')}
          </Link>
        </>
      ) : (
        <div className="mt-2 flex flex-col gap-2 text-ink-2">
          <p>{t('Nothing waits. New requests appear here by themselves.')}</p>
          <WaitingElsewhere className="text-ink" />
        </div>
      )}
      <p className="mt-3 text-dense text-ink-2">
        {medianSeconds === null
          ? t('No verdict in the last 24 h.')
          : t('Half of the verdicts of the last 24 h came within {time}.', {
              time: durationText(medianSeconds),
            })}
      </p>
    </Panel>
  );
}
