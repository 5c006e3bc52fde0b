'use client';

import { Link } from '@/components/ui/link';
import { Button } from '@/components/ui/button';
import { Drawer } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import { SeverityMark } from '@/components/ui/severity-mark';
import { Failed } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Incident } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { IncidentEvidence } from './incident-evidence';
import { RootCause } from './root-cause';
import { useIncidentChange } from './use-incident-change';
import { INCIDENT_STATES } from '@/components/trust/incident-words';
import { rich, t } from '@/lib/client/language';

const NEXT_STEPS: Record<Incident['state'], { to: Incident['state']; label: string }[]> = {
  open: [
    {
      to: 'investigating',
      get label() {
        return t('Start investigating');
      },
    },
    {
      to: 'closed',
      get label() {
        return t('Close this incident');
      },
    },
  ],
  investigating: [
    {
      to: 'closed',
      get label() {
        return t('Close this incident');
      },
    },
  ],
  closed: [],
};

function Steps({ incident }: { incident: Incident }) {
  const api = useApi();
  const change = useIncidentChange((state: Incident['state']) =>
    api.patch<Incident>(`/api/v1/incidents/${incident.id}`, { state }),
  );
  if (!usePermission('incidents.manage'))
    return (
      <p className="text-dense text-ink-2">
        {t('Analysts, managers and admins can work on incidents.')}
      </p>
    );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {NEXT_STEPS[incident.state].map((step) => (
        <Button
          key={step.to}
          pending={change.isPending && change.variables === step.to}
          onClick={() => change.mutate(step.to)}
        >
          {step.label}
        </Button>
      ))}
      {change.error ? (
        <InlineStatus tone="error">{describeError(change.error).detail}</InlineStatus>
      ) : null}
    </div>
  );
}

function Detail({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-2">
        <SeverityMark severity={incident.severity} />
        <span>{INCIDENT_STATES[incident.state]}</span>
        <span className="text-ink-2">
          {incident.closedAt
            ? rich('opened {opened}, closed {closed}', {
                opened: <RelativeTime at={incident.openedAt} focusable />,
                closed: <RelativeTime at={incident.closedAt} focusable />,
              })
            : rich('opened {opened}', {
                opened: <RelativeTime at={incident.openedAt} focusable />,
              })}
        </span>
      </p>
      <p>
        <Link
          href={`/${workspace}/agents/${incident.agentId}`}
          className="font-medium text-accent hover:underline"
        >
          <UntrustedText text={incident.agentName} />
        </Link>{' '}
        <code className="text-xs text-ink-2">{incident.kind}</code>
      </p>
      <Steps incident={incident} />
      <RootCause incident={incident} />
      <IncidentEvidence incident={incident} />
    </div>
  );
}

/** One incident: evidence, state, root cause. */
export function IncidentDrawer({
  incident,
  failure,
  onClose,
}: {
  incident: Incident | undefined;
  /** Why the incident that the address names cannot be shown. */
  failure: Error | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      open={incident !== undefined || failure !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="lg"
      title={incident ? <UntrustedText text={incident.title} /> : t('Incident')}
    >
      {incident ? <Detail key={incident.id} incident={incident} /> : null}
      {!incident && failure ? (
        <Failed what={t('This incident could not be loaded.')} {...describeError(failure)} />
      ) : null}
    </Drawer>
  );
}
