'use client';

import { t } from '@/lib/client/language';
import { AccessModelPanel } from './access-model/access-model-panel';
import { DecisionPointPanel } from './decision-point-panel';
import { DetectorPanel } from './detector-panel';

/** What Belay asks outside of itself, and what it decides where it asks nobody. For those who may change policies. */
export function OutsideServices() {
  return (
    <div className="flex flex-col gap-4">
      <DecisionPointPanel />
      <DetectorPanel />
      <p className="text-dense text-ink-2">
        {t(
          'Figures are those of the console process that answers, since it started or the setting changed.',
        )}
      </p>
      <AccessModelPanel />
    </div>
  );
}
