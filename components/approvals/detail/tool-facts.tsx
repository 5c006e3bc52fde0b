import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { RiskMark } from '../risk-mark';
import { Facts, Section } from './section';

/** What a call of this tool can do, by the catalogue; the agent has no say in it. */
export function ToolFacts({ approval }: { approval: ApprovalDetail }) {
  const { tool } = approval;
  return (
    <Section title="What this tool can do">
      {tool.known ? null : (
        <p className="mb-2 text-dense font-medium">
          Nobody has described this tool, so the worst is assumed.
        </p>
      )}
      <Facts
        facts={[
          ['Risk', <RiskMark key="risk" risk={approval.risk} />],
          ['Effect', tool.sideEffect === 'write' ? 'changes something' : 'reads only'],
          [
            'Undo',
            tool.reversible ? (
              'can be undone'
            ) : (
              <strong key="undo" className="font-semibold">
                cannot be undone
              </strong>
            ),
          ],
          [
            'Leaves the organisation',
            tool.egress ? (
              <strong key="egress" className="font-semibold">
                yes, data can go outside
              </strong>
            ) : (
              'no'
            ),
          ],
          ['Data', `${tool.dataClass} data`],
          ...(tool.description
            ? [['Description', <UntrustedText key="text" text={tool.description} />] as const]
            : []),
        ]}
      />
    </Section>
  );
}
