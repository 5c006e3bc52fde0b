/** What a new key of an agent leads to for the ones it has, and when it ends itself: tables for a form. Pure. */
import type { KeyRotation } from '@/lib/contracts';
import { t } from '@/lib/client/language';

const DAY_MS = 86_400_000;

const staysFor = (overlapSeconds: number) => ({ replace: true, overlapSeconds });

export const OTHERS = {
  minutes: {
    sent: staysFor(600),
    get label() {
      return t('end in 10 minutes');
    },
    get follows() {
      return t('Time enough for an agent that runs to change over.');
    },
  },
  day: {
    sent: staysFor(86_400),
    get label() {
      return t('end in 24 hours');
    },
    get follows() {
      return t('Both sign it in until then.');
    },
  },
  week: {
    sent: staysFor(7 * 86_400),
    get label() {
      return t('end in 7 days');
    },
    get follows() {
      return t('Both sign it in until then.');
    },
  },
  now: {
    sent: staysFor(0),
    get label() {
      return t('end at once');
    },
    get follows() {
      return t('For a key that leaked: what was got with them ends at the next request.');
    },
  },
  stay: {
    sent: { replace: false },
    get label() {
      return t('stay as they are');
    },
    get follows() {
      return t('The agent has one key more, as when it runs in several places.');
    },
  },
} as const satisfies Record<string, { sent: Partial<KeyRotation>; label: string; follows: string }>;
export type Others = keyof typeof OTHERS;
export const USUAL_OTHERS: Others = 'minutes';

export const KEY_LIVES = {
  days30: {
    days: 30,
    get label() {
      return t('in {n} days', { n: 30 });
    },
  },
  days90: {
    days: 90,
    get label() {
      return t('in {n} days', { n: 90 });
    },
  },
  days365: {
    days: 365,
    get label() {
      return t('in {n} days', { n: 365 });
    },
  },
  never: {
    days: 0,
    get label() {
      return t('when it is revoked or replaced');
    },
  },
} as const;
export type KeyLife = keyof typeof KEY_LIVES;
export const USUAL_LIFE: KeyLife = 'days90';

/** The name of a choice as a form has it; the first one for anything else. */
export function chosenIn<Name extends string>(
  table: Readonly<Record<Name, unknown>>,
  value: string,
): Name {
  const names = Object.keys(table) as Name[];
  const chosen = names.find((name) => name === value) ?? names[0];
  if (chosen === undefined) throw new Error('A table of choices has one.');
  return chosen;
}

export const rotationOf = (others: Others): Partial<KeyRotation> => OTHERS[others].sent;

/** @param now milliseconds since the epoch */
export const expiryOf = (life: KeyLife, now: number): Pick<KeyRotation, 'expiresAt'> =>
  KEY_LIVES[life].days === 0
    ? {}
    : { expiresAt: new Date(now + KEY_LIVES[life].days * DAY_MS).toISOString() };
