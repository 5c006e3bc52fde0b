import { DATA_CLASS_WORDS } from '@/components/ui/data-class-words';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { RiskMark } from '../risk-mark';
import { Facts, Section } from './section';

const dataWords: Readonly<Record<string, string>> = DATA_CLASS_WORDS;

/** What a call of this tool can do, by the catalogue; the agent has no say in it. */
export function ToolFacts({ approval }: { approval: ApprovalDetail }) {
  const { tool } = approval;
  return (
    <Section title={t('What this tool can do')}>
      {tool.known ? null : (
        <p className="mb-2 text-dense font-medium">
          {t('Nobody has described this tool, so the worst is assumed.')}
        </p>
      )}
      <Facts
        facts={[
          [t('Risk'), <RiskMark key="risk" risk={approval.risk} />],
          [t('Effect'), tool.sideEffect === 'write' ? t('changes something') : t('reads only')],
          [
            t('Undo'),
            tool.reversible ? (
              t('can be undone')
            ) : (
              <strong key="undo" className="font-semibold">
                {t('cannot be undone')}
              </strong>
            ),
          ],
          [
            t('Leaves the organisation'),
            tool.egress ? (
              <strong key="egress" className="font-semibold">
                {t('yes, data can go outside')}
              </strong>
            ) : (
              t('no')
            ),
          ],
          [t('Data'), dataWords[tool.dataClass] ?? tool.dataClass],
          ...(tool.description
            ? [[t('Description'), <UntrustedText key="text" text={tool.description} />] as const]
            : []),
        ]}
      />
    </Section>
  );
}
