import { trustSentence } from '@/components/trust/score-text';
import { revealUntrusted } from '@/components/ui/untrusted';
import type { Approval } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { endingOf } from '../approval-state';
import { outsideFlag } from '../provenance-words';
import type { GroupPlace, QueueRow } from '../queue-rows';
import { workMarks } from '../work/work-marks';
import { RISK_WORDS } from '@/components/ui/risk-words';
import { summarizeAction, summaryInputOf, summaryText } from '../summary';
import { timeLeft } from '../time-left';

/** What a screen reader hears for a row: what would happen, its risk, who asks, how long is left or how it ended. */
export function rowLabel(row: QueueRow, place: GroupPlace, now: number): string {
  const { approval } = row;
  const what = summaryText(summarizeAction(summaryInputOf(approval)));
  const ending = row.closed ? (endingOf(approval)?.word ?? t('No longer waiting')) : null;
  const clauses = [
    spoken(what),
    RISK_WORDS[approval.risk],
    t('asked by {agent}', { agent: spoken(approval.agent.name) }),
    trustSentence(approval.agent.trust),
    ending ?? timeLeft(approval.requestedAt, approval.expiresAt, now).spoken,
    ...(row.closed ? [] : [outsideFlag(approval.reasons) ?? []].flat()),
    ...(row.closed ? [] : workMarks(approval, now).map(({ spoken: words }) => words)),
    ...groupWords(approval, place),
  ];
  return clauses.join('. ');
}

function groupWords({ group }: Approval, place: GroupPlace): string[] {
  if (group === undefined || place === 'alone') return [];
  const { size } = group;
  const words = {
    folded: t('{size} like calls, g opens them', { size }),
    open: t('first of {size} like calls, g folds them', { size }),
    member: t('one of the like calls above'),
  };
  return [words[place]];
}

/** Untrusted text with its invisible characters named, for places that take plain text only. */
function spoken(text: string): string {
  return revealUntrusted(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : ` [${segment.label}] `))
    .join('');
}
