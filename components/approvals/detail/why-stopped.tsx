import { TriangleAlert } from 'lucide-react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { provenanceWarning } from '../provenance-words';
import { Section } from './section';

/** Why the call waits for a person, and what would have to change for it not to. */
export function WhyStopped({ approval }: { approval: ApprovalDetail }) {
  const warning = provenanceWarning(approval.provenance);
  return (
    <Section title={t('Why it waits for a person')}>
      {warning === null ? null : (
        <p className="mb-2.5 flex gap-2 rounded-md border border-sev-2/40 bg-sev-2-soft px-3 py-2 text-dense font-medium text-sev-2">
          <TriangleAlert aria-hidden size={16} className="mt-px shrink-0" />
          <UntrustedText text={warning} />
        </p>
      )}
      <ul className="flex flex-col gap-2.5">
        {approval.reasons.map((reason, index) => (
          <li key={`${reason.code}-${index}`}>
            <p className="text-sm">
              <UntrustedText text={reason.text} />{' '}
              <code className="text-[11.5px] wrap-anywhere text-ink-3">{reason.code}</code>
            </p>
            {reason.remedy ? (
              <p className="mt-0.5 text-dense text-ink-2">
                <span className="font-medium">{t('To be allowed:')} </span>
                <UntrustedText text={reason.remedy} />
              </p>
            ) : null}
          </li>
        ))}
        {approval.reasons.length === 0 ? (
          <li className="text-dense text-ink-2">{t('No reason was recorded.')}</li>
        ) : null}
      </ul>
    </Section>
  );
}
