/** Moments in words, and where each of their parts stands in the console. */
import { durationText } from '@/components/ui/time-text';
import type { Moment, MomentDetail } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';

/** `/recipients/0/email` as one would say it: `recipients.0.email`. */
export function argumentName(path: string): string {
  return path.replace(/^\//, '').replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Where a moment stands on the page of its agent: chart and trail open at it. */
export function momentPath(
  workspace: string,
  agentId: string,
  { id, at }: Pick<Moment, 'id' | 'at'>,
): string {
  const query = new URLSearchParams({ at, moment: id });
  return `/${workspace}/agents/${encodeURIComponent(agentId)}?${query.toString()}`;
}

export const incidentPath = (workspace: string, id: string): string =>
  `/${workspace}/incidents?incident=${encodeURIComponent(id)}`;

/** The decisions of a call's session on the page of its agent, what was read and what was called then, with the call open. */
export function callPath(
  workspace: string,
  agentId: string,
  { sessionId, decisionId }: Pick<NonNullable<Moment['call']>, 'sessionId' | 'decisionId'>,
): string {
  const query = new URLSearchParams({
    ...(sessionId === null ? {} : { session: sessionId }),
    decision: decisionId,
  });
  return `/${workspace}/agents/${encodeURIComponent(agentId)}?${query.toString()}`;
}

export const ledgerPath = (workspace: string, subject: string): string =>
  `/${workspace}/ledger?${new URLSearchParams({ subject }).toString()}`;

/** How far the score fell, in [-1, 1]; null when there is no point before. */
export function fallOf({ before, after }: Pick<Moment, 'before' | 'after'>): number | null {
  return before === null || after === null ? null : after.score - before.score;
}

/** Whether the moment is the reading itself: the text gave the signal, before any call followed it. */
export function isReading({ call, reads }: Pick<MomentDetail, 'call' | 'reads'>): boolean {
  return call !== null && reads.some(({ id }) => id === call.decisionId);
}

/** "2 min before", from a reading to the moment; "just before" within a second. */
export function timeBefore(readAt: string, at: string): string {
  const seconds = (Date.parse(at) - Date.parse(readAt)) / 1_000;
  if (Math.abs(seconds) < 1) return t('just before');
  const amount = durationText(Math.abs(seconds));
  return seconds > 0 ? t('{amount} before', { amount }) : t('{amount} after', { amount });
}

/** "weighs as much as 200 approved actions": one ordinary approved action is the unit of evidence. */
export function weightText(weight: number): string {
  return counted(
    Math.round(weight * 10) / 10,
    'weighs as much as {count} approved action',
    'weighs as much as {count} approved actions',
  );
}
