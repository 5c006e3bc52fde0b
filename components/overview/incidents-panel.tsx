'use client';

import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { SeverityMark } from '@/components/ui/severity-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Incident } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';

const SHOWN = 5;

/** Open incidents, worst first. */
export function IncidentsPanel({ incidents }: { incidents: readonly Incident[] }) {
  const workspace = useWorkspace();
  const worst = incidents.toSorted((one, other) => one.severity - other.severity).slice(0, SHOWN);
  const rest = incidents.length - worst.length;
  return (
    <Panel
      title={t('Open incidents')}
      flush
      actions={
        <Link
          href={`/${workspace}/incidents`}
          className="inline-flex min-h-6 items-center text-dense text-accent hover:underline"
        >
          {rest > 0 ? t('All {count}', { count: incidents.length }) : t('All incidents')}
        </Link>
      }
    >
      {worst.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">
          {t('None. An incident opens by itself when evidence turns.')}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {worst.map((incident) => (
            <li key={incident.id}>
              <Link
                href={`/${workspace}/incidents?incident=${incident.id}`}
                className="flex flex-col gap-1 px-4 py-2 -outline-offset-2 hover:bg-hover"
              >
                <span className="flex items-center gap-2">
                  <SeverityMark severity={incident.severity} />
                  <UntrustedText
                    text={incident.agentName}
                    className="min-w-0 truncate text-dense text-ink-2"
                  />
                  <RelativeTime at={incident.openedAt} className="ml-auto text-dense text-ink-2" />
                </span>
                <UntrustedText text={incident.title} className="text-dense" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
