/** Checks, badges and commitments in words. */
import type { AgentDetail, Dimension } from '@/lib/contracts';
import { counted, spokenNumber, t, texts } from '@/lib/client/language';

export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = texts({
  accuracy: 'Accuracy',
  safety: 'Safety',
  scope_adherence: 'Scope adherence',
  injection_resistance: 'Injection resistance',
});

type DimensionScore = AgentDetail['dimensions'][number];
type Commitment = AgentDetail['commitments'][number];

/** "0.95, 19 of 20 checks passed", or that nothing ran. */
export function dimensionText({ score, passed, total }: DimensionScore): string {
  if (score === null) return t('no checks in 30 days');
  return t('{score}, {passed} of {total} checks passed', {
    score: spokenNumber(score, 2),
    passed,
    total,
  });
}

type Limit = Pick<Commitment, 'measure' | 'atLeast' | 'atMost' | 'overDays'>;

/** "accuracy at least 0.95 over 30 days". */
export function limitText({ measure, atLeast, atMost, overDays }: Limit): string {
  const time = counted(overDays, 'over {count} day', 'over {count} days');
  const values = { measure, time, least: atLeast ?? 0, most: atMost ?? 0 };
  if (atMost === null) return t('{measure} at least {least} {time}', values);
  if (atLeast === null) return t('{measure} at most {most} {time}', values);
  return t('{measure} at least {least} and at most {most} {time}', values);
}

/** "accuracy at least 0.95 over 30 days: 0.94". */
export function measuredText({ value, ...limit }: Commitment): string {
  const measured = value === null ? t('nothing measured it yet') : spokenNumber(value, 3);
  return `${limitText(limit)}: ${measured}`;
}
