import { RelativeTime } from '@/components/ui/relative-time';
import type { ApprovalDetail, Decision } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { decisionWords } from '../decision-words';
import { summarizeAction } from '../summary';
import { SummaryLine } from '../summary-line';
import { Section } from './section';

/** What became of the agent's last calls of the same tool. */
export function LastOfKind({ approval }: { approval: ApprovalDetail }) {
  const { lastOfKind } = approval;
  return (
    <Section title={t('Its last calls of the same kind')}>
      {lastOfKind.length === 0 ? (
        <p className="text-dense text-ink-2">
          {t('None before this one: the agent has never used this tool under Belay.')}
        </p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {lastOfKind.map((decision) => (
            <LastCall key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function LastCall({ decision }: { decision: Decision }) {
  return (
    <li className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 py-1.5 text-dense">
      <RelativeTime at={decision.decidedAt} className="text-ink-2" />
      <div className="min-w-0">
        <span className="font-medium">{decisionWords(decision)}: </span>
        <span className="text-ink-2">
          <SummaryLine
            parts={summarizeAction({
              tool: decision.tool,
              arguments: decision.arguments,
              resource: decision.resource,
            })}
          />
        </span>
      </div>
    </li>
  );
}
