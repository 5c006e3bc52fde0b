'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { CodeView } from '@/components/ui/code-view';
import { Drawer } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import { SeverityMark } from '@/components/ui/severity-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Incident } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { RootCause } from './root-cause';
import { useIncidentChange } from './use-incident-change';

const NEXT_STEPS: Record<Incident['state'], { to: Incident['state']; label: string }[]> = {
  open: [
    { to: 'investigating', label: 'Start investigating' },
    { to: 'closed', label: 'Close this incident' },
  ],
  investigating: [{ to: 'closed', label: 'Close this incident' }],
  closed: [],
};

function Steps({ incident }: { incident: Incident }) {
  const api = useApi();
  const change = useIncidentChange((state: Incident['state']) =>
    api.patch<Incident>(`/api/v1/incidents/${incident.id}`, { state }),
  );
  if (!usePermission('incidents.manage'))
    return (
      <p className="text-dense text-ink-2">Analysts, managers and admins can work on incidents.</p>
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
        <span>{incident.state}</span>
        <span className="text-ink-2">
          opened <RelativeTime at={incident.openedAt} focusable />
          {incident.closedAt ? (
            <>
              , closed <RelativeTime at={incident.closedAt} focusable />
            </>
          ) : null}
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
      <CodeView label="Evidence" value={incident.evidence} />
    </div>
  );
}

/** One incident: evidence, state, root cause. */
export function IncidentDrawer({
  incident,
  onClose,
}: {
  incident: Incident | undefined;
  onClose: () => void;
}) {
  return (
    <Drawer
      open={incident !== undefined}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={incident ? <UntrustedText text={incident.title} /> : 'Incident'}
    >
      {incident ? <Detail key={incident.id} incident={incident} /> : null}
    </Drawer>
  );
}
