import { SIGNAL_CATALOGUE } from './catalogue';
import type { TrustConfig } from './types';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The defaults; docs/trust/model.md gives the reason for every number. */
export const defaultTrustConfig: TrustConfig = {
  version: 'trust-1',
  kinds: SIGNAL_CATALOGUE,
  halfLifeSeconds: { short: 14 * DAY, medium: 45 * DAY, long: 180 * DAY },
  drainHalfLifeSeconds: 8 * HOUR,
  alarm: { halfLifeSeconds: 12 * HOUR, threshold: 1 },
  layers: {
    identity: { prior: 20, weight: 1 },
    behavior: { prior: 30, weight: 1 },
    context: { prior: 30, weight: 1 },
    outcome: { prior: 250, weight: 1 },
  },
  baseRate: 0.1,
  caution: 1,
  softness: 4,
  sourceCap: { windowSeconds: DAY, positive: 60, negative: 8 },
  credit: { belay: 1, reviewer: 1, system: 1, self: 0 },
};
