/** Decisions and pacts in words. */
import type { Decision, Pact } from '@/lib/contracts';
import { limitText } from './checks-text';
import { counted, spokenWeekday, t, texts } from '@/lib/client/language';

export const OUTCOME_CHOICES = [
  {
    value: 'all',
    get label() {
      return t('All');
    },
  },
  {
    value: 'allow',
    get label() {
      return t('Allowed');
    },
  },
  {
    value: 'require_approval',
    get label() {
      return t('Needed approval');
    },
  },
  {
    value: 'suggest',
    get label() {
      return t('Suggested only');
    },
  },
  {
    value: 'deny',
    get label() {
      return t('Denied');
    },
  },
] as const;
export type OutcomeChoice = (typeof OUTCOME_CHOICES)[number]['value'];

export function outcomeLabel(outcome: string): string {
  return OUTCOME_CHOICES.find((choice) => choice.value === outcome)?.label ?? outcome;
}

type Fate = Pick<Decision, 'outcome' | 'state' | 'executionStatus'>;

const WAITED: Readonly<Partial<Record<Decision['state'], string>>> = texts({
  pending: 'waits for a person',
  approved: 'approved, not used yet',
  redeemed: 'approved and used',
  rejected: 'rejected',
  expired: 'expired undecided',
  cancelled: 'cancelled',
});

const ANSWERED: Readonly<Record<Decision['outcome'], string>> = texts({
  allow: 'allowed',
  require_approval: 'needs approval',
  suggest: 'suggested only',
  deny: 'denied',
});

const EXECUTED = texts({ succeeded: 'succeeded', failed: 'failed' });

/** The outcome in the middle of a line. */
export function outcomeWord(outcome: Decision['outcome']): string {
  return ANSWERED[outcome];
}

/** What became of a call: "allowed, succeeded", "rejected", "denied". */
export function fateText({ outcome, state, executionStatus }: Fate): string {
  const fate =
    outcome === 'require_approval' ? (WAITED[state] ?? ANSWERED[outcome]) : ANSWERED[outcome];
  return executionStatus === null ? fate : `${fate}, ${EXECUTED[executionStatus]}`;
}

/** Whether the action was allowed to run, so that somebody can say how it went. */
export function couldRun({ outcome, state }: Pick<Decision, 'outcome' | 'state'>): boolean {
  return outcome === 'allow' || state === 'approved' || state === 'redeemed';
}

/** Green and red are for a person's verdicts; everything else stays neutral. */
export function fateTone({ outcome, state }: Fate): 'approved' | 'rejected' | 'accent' | 'neutral' {
  if (outcome !== 'require_approval') return 'neutral';
  if (state === 'approved' || state === 'redeemed') return 'approved';
  if (state === 'rejected') return 'rejected';
  return state === 'pending' ? 'accent' : 'neutral';
}

/** What a clause says when the pact leaves it out: it sets no limit. */
export const OPEN_CLAUSES = texts({
  tools: 'Any tool of the catalogue',
  resources: 'Any resource',
  dataClasses: 'Any class',
}) satisfies Partial<Record<keyof Pact, string>>;

const HOUR = 3_600;
const DAY = 86_400;

/** "08:00 to 18:00 UTC, Monday, Tuesday", or that there is no limit. */
export function hoursText(hours: Pact['hours']): string {
  if (!hours) return t('Any hour');
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const times = { from: clock(hours.from), to: clock(hours.to) };
  const days = hours.days?.map(spokenWeekday).join(', ');
  return days
    ? t('{from} to {to} UTC, {days}', { ...times, days })
    : t('{from} to {to} UTC, every day', times);
}

type Budget = NonNullable<Pact['budgets']>[number];

/** "At most 50 calls of crm.update an hour". */
export function budgetText({ tool, maxActions, perSeconds }: Budget): string {
  const calls = tool
    ? counted(maxActions, '{count} call of {tool}', '{count} calls of {tool}', { tool })
    : counted(maxActions, '{count} call', '{count} calls');
  return windowText(calls, perSeconds);
}

function windowText(calls: string, seconds: number): string {
  if (seconds === DAY) return t('At most {calls} a day', { calls });
  if (seconds === HOUR) return t('At most {calls} an hour', { calls });
  if (seconds === 60) return t('At most {calls} a minute', { calls });
  if (seconds % DAY === 0)
    return counted(
      seconds / DAY,
      'At most {calls} in {count} day',
      'At most {calls} in {count} days',
      { calls },
    );
  if (seconds % HOUR === 0)
    return counted(
      seconds / HOUR,
      'At most {calls} in {count} hour',
      'At most {calls} in {count} hours',
      { calls },
    );
  return counted(
    seconds,
    'At most {calls} in {count} second',
    'At most {calls} in {count} seconds',
    { calls },
  );
}

type Commitment = NonNullable<Pact['commitments']>[number];

/** "accuracy at least 0.95 over 30 days". */
export function commitmentText({ measure, atLeast, atMost, overDays }: Commitment): string {
  return limitText({ measure, atLeast: atLeast ?? null, atMost: atMost ?? null, overDays });
}
