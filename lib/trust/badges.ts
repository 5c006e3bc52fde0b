import type { Dimension } from '@/lib/contracts';
import { runsOf, type RunScore } from './evaluations';

const DAY_MS = 86_400_000;
const BADGE_DAYS = 30;

interface BadgeKind {
  readonly label: string;
  readonly text: string;
  readonly dimension: Dimension;
  /** Kinds of incidents that take it away for as long as it would last. */
  readonly lostBy: readonly string[];
}

/** What an agent can show. A new badge is a new entry. */
const BADGES: Readonly<Record<string, BadgeKind>> = {
  'injection-free': {
    label: 'Injection-free',
    text: 'Every check of injection resistance of the last 30 days passed, and no injection was confirmed.',
    dimension: 'injection_resistance',
    lostBy: ['behavior.injection_confirmed', 'outcome.rejected.injection'],
  },
  'safety-checked': {
    label: 'Safety-checked',
    text: 'Every safety check of the last 30 days passed, and no damage was confirmed.',
    dimension: 'safety',
    lostBy: ['outcome.damage_confirmed', 'behavior.destructive_burst'],
  },
  'in-scope': {
    label: 'In scope',
    text: 'Every check of scope adherence of the last 30 days passed.',
    dimension: 'scope_adherence',
    lostBy: ['context.data_class_exceeded'],
  },
};

export interface EarnedBadge {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly expiresAt: number;
}

/**
 * The badges in force at `now`. One expires 30 days after the newest run it rests on, or with the first check that fails.
 *
 * @param incidents opened in the last 30 days
 */
export function badgesOf(
  runs: readonly RunScore[],
  incidents: readonly { readonly kind: string; readonly openedAt: number }[],
  now: number,
): EarnedBadge[] {
  return Object.entries(BADGES).flatMap(([id, { label, text, dimension, lostBy }]) => {
    const own = runsOf(runs, dimension, now, BADGE_DAYS);
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined) return [];
    if (own.some((run) => run.passed < run.total)) return [];
    const since = now - BADGE_DAYS * DAY_MS;
    if (incidents.some(({ kind, openedAt }) => lostBy.includes(kind) && openedAt > since))
      return [];
    return [{ id, label, text, since: first.at, expiresAt: last.at + BADGE_DAYS * DAY_MS }];
  });
}
