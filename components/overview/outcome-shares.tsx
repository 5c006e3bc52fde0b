import { OutcomeMark } from '@/components/ui/outcome-mark';
import type { Outcome } from '@/lib/contracts';
import { OUTCOME_ORDER } from './outcome-order';
import { t } from '@/lib/client/language';

const WORDS: Readonly<Record<Outcome, (count: number) => string>> = {
  allow: (count) => t('{count} allowed', { count }),
  require_approval: (count) => t('{count} waited for a person', { count }),
  suggest: (count) => t('{count} suggested only', { count }),
  deny: (count) => t('{count} denied', { count }),
};

/** How the decisions of a day were answered: counts with words, side by side. */
export function OutcomeShares({ byOutcome }: { byOutcome: Record<string, number> }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-dense">
      {OUTCOME_ORDER.map((outcome) => (
        <li key={outcome}>
          <OutcomeMark settled outcome={outcome} word={WORDS[outcome](byOutcome[outcome] ?? 0)} />
        </li>
      ))}
    </ul>
  );
}
