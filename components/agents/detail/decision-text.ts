/** Decisions and pacts in words. */
import type { Decision, Pact } from '@/lib/contracts';

export const OUTCOME_CHOICES = [
  { value: 'all', label: 'All' },
  { value: 'allow', label: 'Allowed' },
  { value: 'require_approval', label: 'Needed approval' },
  { value: 'suggest', label: 'Suggested only' },
  { value: 'deny', label: 'Denied' },
] as const;
export type OutcomeChoice = (typeof OUTCOME_CHOICES)[number]['value'];

export function outcomeLabel(outcome: string): string {
  return OUTCOME_CHOICES.find((choice) => choice.value === outcome)?.label ?? outcome;
}

type Fate = Pick<Decision, 'outcome' | 'state' | 'executionStatus'>;

const WAITED: Readonly<Partial<Record<Decision['state'], string>>> = {
  pending: 'waits for a person',
  approved: 'approved, not used yet',
  redeemed: 'approved and used',
  rejected: 'rejected',
  expired: 'expired undecided',
  cancelled: 'cancelled',
};

const ANSWERED: Readonly<Record<Decision['outcome'], string>> = {
  allow: 'allowed',
  require_approval: 'needs approval',
  suggest: 'suggested only',
  deny: 'denied',
};

/** What became of a call: "allowed, succeeded", "rejected", "denied". */
export function fateText({ outcome, state, executionStatus }: Fate): string {
  const fate =
    outcome === 'require_approval' ? (WAITED[state] ?? ANSWERED[outcome]) : ANSWERED[outcome];
  return executionStatus === null ? fate : `${fate}, ${executionStatus}`;
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
export const OPEN_CLAUSES = {
  tools: 'Any tool of the catalogue',
  resources: 'Any resource',
  dataClasses: 'Any class',
} as const satisfies Partial<Record<keyof Pact, string>>;

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const HOUR = 3_600;
const DAY = 86_400;

/** "08:00 to 18:00 UTC, Monday, Tuesday", or that there is no limit. */
export function hoursText(hours: Pact['hours']): string {
  if (!hours) return 'Any hour';
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const days = hours.days?.map((day) => DAYS[day]).join(', ');
  return `${clock(hours.from)} to ${clock(hours.to)} UTC${days ? `, ${days}` : ', every day'}`;
}

type Budget = NonNullable<Pact['budgets']>[number];

/** "At most 50 calls of crm.update an hour". */
export function budgetText({ tool, maxActions, perSeconds }: Budget): string {
  return `At most ${maxActions.toLocaleString('en-US')} ${tool ? `calls of ${tool}` : 'calls'} ${windowText(perSeconds)}`;
}

function windowText(seconds: number): string {
  if (seconds === DAY) return 'a day';
  if (seconds === HOUR) return 'an hour';
  if (seconds === 60) return 'a minute';
  if (seconds % DAY === 0) return `in ${seconds / DAY} days`;
  if (seconds % HOUR === 0) return `in ${seconds / HOUR} hours`;
  return `in ${seconds} seconds`;
}

type Commitment = NonNullable<Pact['commitments']>[number];

/** "accuracy at least 0.95 over 30 days". */
export function commitmentText({ measure, atLeast, atMost, overDays }: Commitment): string {
  const bounds = [
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
  ].filter(Boolean);
  return `${measure} ${bounds.join(' and ')} over ${overDays} days`;
}
