'use client';

import { useQuery } from '@tanstack/react-query';
import { InlineStatus } from '@/components/ui/inline-status';
import { useWorkspace } from '@/lib/client/session';
import { impactOptions } from './queries';
import { impactLines, type Mode, type ScopeType } from './switch-text';
import { t } from '@/lib/client/language';

/** What the switch would do now, in numbers, before it is set. */
export function ImpactSummary({
  type,
  value,
  mode,
}: {
  type: ScopeType;
  value: string;
  mode: Mode;
}) {
  const workspace = useWorkspace();
  const query = useQuery(impactOptions(workspace, type, value, mode));
  const unnamed = type !== 'workspace' && value === '';
  return (
    <section
      aria-label={t('Impact')}
      aria-live="polite"
      className="rounded-md border border-line bg-sunken px-3 py-2"
    >
      <h3 className="text-dense font-medium">{t('What this does now')}</h3>
      {unnamed ? (
        <p className="mt-1 text-dense text-ink-2">{t('Choose what to stop to see the numbers.')}</p>
      ) : query.data ? (
        <ul className="mt-1 list-disc pl-5 text-dense marker:text-ink-3">
          {impactLines(query.data, mode).map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li>{t('It holds until a manager or admin releases it with a reason.')}</li>
        </ul>
      ) : query.isError ? (
        <InlineStatus tone="warning" className="mt-1">
          {t('The numbers could not be loaded. The switch can be set all the same.')}
        </InlineStatus>
      ) : (
        <p className="mt-1 text-dense text-ink-2">{t('Counting…')}</p>
      )}
    </section>
  );
}
