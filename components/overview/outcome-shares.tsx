import { OutcomeMark } from '@/components/ui/outcome-mark';
import { numberText } from '@/components/ui/number-text';
import { OUTCOME_ORDER } from './outcome-order';

/** How the decisions of a day were answered: counts with words, side by side. */
export function OutcomeShares({ byOutcome }: { byOutcome: Record<string, number> }) {
  const words = {
    allow: 'allowed',
    require_approval: 'waited for a person',
    suggest: 'suggested only',
    deny: 'denied',
  };
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-dense">
      {OUTCOME_ORDER.map((outcome) => (
        <li key={outcome}>
          <OutcomeMark
            settled
            outcome={outcome}
            word={`${numberText(byOutcome[outcome] ?? 0)} ${words[outcome]}`}
          />
        </li>
      ))}
    </ul>
  );
}
