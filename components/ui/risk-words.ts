import { texts } from '@/lib/client/language';

/** The tier alone, where "risk" stands beside it. */
export const RISK_NAMES = texts({
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
});

export const RISK_WORDS = texts({
  low: 'low risk',
  medium: 'medium risk',
  high: 'high risk',
  critical: 'critical risk',
});
