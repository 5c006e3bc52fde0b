import { Bird } from 'lucide-react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { CanaryEnding } from '@/lib/contracts';

const WORDS: Readonly<Partial<Record<CanaryEnding['outcome'], string>>> = {
  caught: 'Caught.',
  missed: 'Missed.',
  edited: 'Approved with other values: this counts neither way.',
};

/** The call was made up: whether it was noticed, and what there was to notice. */
export function CanaryNotice({ canary }: { canary: CanaryEnding }) {
  return (
    <div className="flex gap-2.5">
      <Bird aria-hidden size={20} className="shrink-0 text-ink-2" />
      <div className="min-w-0 flex-1 text-sm">
        <p>
          <strong className="font-semibold">A canary.</strong> {WORDS[canary.outcome]}{' '}
          {canary.name === null ? null : (
            <span className="text-ink-2">
              Decided by <UntrustedText text={canary.name} />.
            </span>
          )}
        </p>
        <p className="mt-1">
          What there was to notice: <UntrustedText text={canary.notice} />
        </p>
        <p className="mt-1 text-dense text-ink-2">
          This call was made up. Nothing was carried out, and no agent’s score moved.
        </p>
      </div>
    </div>
  );
}
