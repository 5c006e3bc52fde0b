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
export function rowLabel(
  row: QueueRow,
  place: GroupPlace,
  now: number,
  groupKey: string | null,
): string {
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
    ...groupWords(approval, place, groupKey),
  ];
  return clauses.join('. ');
}

/** What a row is to its group, and the key that opens or folds it: the person's own, or none where single keys are off. */
export function groupWords(
  { group }: Pick<Approval, 'group'>,
  place: GroupPlace,
  key: string | null,
): string[] {
  if (group === undefined || place === 'alone') return [];
  if (place === 'member') return [t('one of the like calls above')];
  const { size } = group;
  if (key === null)
    return [
      place === 'folded'
        ? t('{size} like calls, folded', { size })
        : t('first of {size} like calls', { size }),
    ];
  return [
    place === 'folded'
      ? t('{size} like calls, {key} opens them', { size, key })
      : t('first of {size} like calls, {key} folds them', { size, key }),
  ];
}

/** Untrusted text with its invisible characters named, for places that take plain text only. */
function spoken(text: string): string {
  return revealUntrusted(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : ` [${segment.label}] `))
    .join('');
}
