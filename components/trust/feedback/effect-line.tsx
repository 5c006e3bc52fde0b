import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Feedback } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { ScoreChange } from '../score-change';

/** What words about an action did to the score and rung of its agent, and why. */
export function EffectLine({ effect }: { effect: Feedback['effect'] }) {
  if (effect === null)
    return (
      <p className="text-dense text-ink-2">
        {t('The score did not move: that this action was right has been counted already.')}
      </p>
    );
  const { before, after, texts } = effect;
  return (
    <div className="text-dense">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ScoreChange before={before} after={after} />
      </p>
      <ul className="mt-0.5 list-disc pl-4 text-ink-2">
        {texts.map((text, index) => (
          <li key={index}>
            <UntrustedText text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}
