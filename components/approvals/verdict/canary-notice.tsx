import { Bird } from 'lucide-react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { CanaryEnding } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';

const WORDS: Readonly<Partial<Record<CanaryEnding['outcome'], string>>> = {
  get caught() {
    return t('Caught.');
  },
  get missed() {
    return t('Missed.');
  },
  get edited() {
    return t('Approved with other values: this counts neither way.');
  },
};

/** The call was made up: whether it was noticed, and what there was to notice. */
export function CanaryNotice({ canary }: { canary: CanaryEnding }) {
  return (
    <div className="flex gap-2.5">
      <Bird aria-hidden size={20} className="shrink-0 text-ink-2" />
      <div className="min-w-0 flex-1 text-sm">
        <p>
          <strong className="font-semibold">{t('A canary.')}</strong> {WORDS[canary.outcome]}{' '}
          {canary.name === null ? null : (
            <span className="text-ink-2">
              {rich('Decided by {person}.', { person: <UntrustedText text={canary.name} /> })}
            </span>
          )}
        </p>
        <p className="mt-1">
          {t('What there was to notice:')} <UntrustedText text={canary.notice} />
        </p>
        <p className="mt-1 text-dense text-ink-2">
          {t('This call was made up. Nothing was carried out, and no agent’s score moved.')}
        </p>
      </div>
    </div>
  );
}
