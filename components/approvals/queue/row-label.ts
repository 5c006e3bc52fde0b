import { trustSentence } from '@/components/trust/score-text';
import { revealUntrusted } from '@/components/ui/untrusted';
import type { Approval } from '@/lib/contracts';
import { endingOf } from '../approval-state';
import { outsideFlag } from '../provenance-words';
import type { GroupPlace, QueueRow } from '../queue-rows';
import { workMarks } from '../work/work-marks';
import { summarizeAction, summaryInputOf, summaryText } from '../summary';
import { timeLeft } from '../time-left';

/** What a screen reader hears for a row: what would happen, its risk, who asks, how long is left or how it ended. */
export function rowLabel(row: QueueRow, place: GroupPlace, now: number): string {
  const { approval } = row;
  const what = summaryText(summarizeAction(summaryInputOf(approval)));
  const ending = row.closed ? (endingOf(approval)?.word ?? 'No longer waiting') : null;
  const clauses = [
    spoken(what),
    `${approval.risk} risk`,
    `asked by ${spoken(approval.agent.name)}`,
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
  const words = {
    folded: `${group.size} like calls, g opens them`,
    open: `first of ${group.size} like calls, g folds them`,
    member: 'one of the like calls above',
  };
  return [words[place]];
}

/** Untrusted text with its invisible characters named, for places that take plain text only. */
function spoken(text: string): string {
  return revealUntrusted(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : ` [${segment.label}] `))
    .join('');
}
