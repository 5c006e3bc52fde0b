import { Ban, CircleCheck } from 'lucide-react';
import { policyRules, type PolicyRule } from './policy-text';
import { t } from '@/lib/client/language';

function Rule({ rule }: { rule: PolicyRule }) {
  const Icon = rule.effect === 'permit' ? CircleCheck : Ban;
  return (
    <li className="flex gap-3 px-3 py-2">
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-2" />
      <div className="min-w-0">
        <p>
          <span className="font-medium">
            {rule.effect === 'permit' ? t('Allows') : t('Forbids')}
          </span>{' '}
          <code className="text-dense text-ink-2">{rule.id}</code>
        </p>
        {rule.reason ? <p>{rule.reason}</p> : null}
        {rule.remedy ? (
          <p className="text-dense text-ink-2">
            {t('To be allowed:')} {rule.remedy}
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** The rules in words, as their authors annotated them. */
export function PolicyRules({ text }: { text: string }) {
  const rules = policyRules(text);
  if (rules.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {rules.map((rule) => (
        <Rule key={rule.id} rule={rule} />
      ))}
    </ul>
  );
}
