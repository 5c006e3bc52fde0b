/** Checks, badges and commitments in words. */
import type { AgentDetail, Dimension } from '@/lib/contracts';

export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  accuracy: 'Accuracy',
  safety: 'Safety',
  scope_adherence: 'Scope adherence',
  injection_resistance: 'Injection resistance',
};

type DimensionScore = AgentDetail['dimensions'][number];
type Commitment = AgentDetail['commitments'][number];

/** "0.95, 19 of 20 checks passed", or that nothing ran. */
export function dimensionText({ score, passed, total }: DimensionScore): string {
  if (score === null) return 'no checks in 30 days';
  return `${score.toFixed(2)}, ${passed} of ${total} checks passed`;
}

/** "accuracy at least 0.95 over 30 days: 0.94". */
export function measuredText({ measure, atLeast, atMost, overDays, value }: Commitment): string {
  const bounds = [
    atLeast === null ? '' : `at least ${atLeast}`,
    atMost === null ? '' : `at most ${atMost}`,
  ].filter(Boolean);
  const limit = `${measure} ${bounds.join(' and ')} over ${overDays} days`;
  return `${limit}: ${value === null ? 'nothing measured it yet' : value.toFixed(3)}`;
}
