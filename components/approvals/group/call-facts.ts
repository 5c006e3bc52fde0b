import { formatScore } from '@/components/trust/score-text';
import { placeName } from '@/components/trust/grants/grant-words';
import { t } from '@/lib/client/language';
import type { AskedSession, GroupMember, Json, ShownPerLine } from '@/lib/contracts';
import { valuesOfCall } from '@/lib/contracts/grant-pattern';
import { callOf } from './like-calls';

/** A call of the sheet, with the session it was made in. */
export interface GroupCall extends GroupMember {
  readonly session: AskedSession | null;
}

/** The places of what is not part of the action begin with this; those of the action begin with `/arguments` or `/resource`. */
const ABOUT = '/about/';

/** How these are called. What an agent names is set in its own letters, so that no argument can pass for one of them. */
const FACT_NAMES = {
  request: () => t('What was asked for'),
  purpose: () => t('Purpose of the session'),
  endUser: () => t('End user'),
  reasons: () => t('Why it waits for a person'),
  trust: () => t('Score and rung when it asked'),
  approvals: () => t('Approvals'),
  colleagues: () => t('Colleagues'),
} as const;
type Fact = keyof typeof FACT_NAMES;

/** Whether a place is one of the action, named by the agent. */
export const isOfAction = (path: string): boolean => !path.startsWith(ABOUT);

/** How a place is called. */
export const placeTitle = (path: string): string =>
  isOfAction(path) ? placeName(path) : factName(path.slice(ABOUT.length));

const factName = (fact: string): string => (isFact(fact) ? FACT_NAMES[fact]() : fact);
const isFact = (fact: string): fact is Fact => Object.hasOwn(FACT_NAMES, fact);

type Facts = Partial<Record<Fact, Json>>;

/** What the page of a call shows of it besides the action, by the field it comes from. A field that tells calls apart is one line here. */
const FACTS: Readonly<
  Record<Exclude<ShownPerLine, 'action' | 'resource'>, (call: GroupCall, now: number) => Facts>
> = {
  session: ({ session }) =>
    session === null
      ? {}
      : {
          request: session.request,
          ...(session.purpose === null ? {} : { purpose: session.purpose }),
          ...(session.endUser === null ? {} : { endUser: session.endUser }),
        },
  reasons: ({ reasons }) => ({
    reasons: reasons.map(({ text, remedy }) => (remedy ? `${text} ${remedy}` : text)).join('\n'),
  }),
  trustAtRequest: ({ trustAtRequest: { score, rung } }) => ({
    trust: t('{score}, rung {rung}', { score: formatScore(score), rung }),
  }),
  verdicts: approvals,
  verdictsGiven: approvals,
  verdictsNeeded: approvals,
  claim: colleagues,
  assignment: colleagues,
  question: colleagues,
  escalatedAt: colleagues,
};

function approvals({ verdicts, verdictsGiven, verdictsNeeded }: GroupCall): Facts {
  if (verdictsNeeded < 2) return {};
  const given = t('{given} of {needed}', { given: verdictsGiven, needed: verdictsNeeded });
  return { approvals: [given, ...verdicts.map(({ name }) => name)].join(', ') };
}

/** Each of them, also those that a row of the queue leaves out for want of room. */
function colleagues({ claim, assignment, question, escalatedAt }: GroupCall, now: number): Facts {
  const said: string[] = [];
  if (escalatedAt != null) said.push(t('escalated'));
  if (question != null)
    said.push(
      question.answeredAt === null
        ? t('waits for an answer to {name}', { name: question.name })
        : `${question.name}: ${t('the question is answered')}`,
    );
  if (claim !== null && Date.parse(claim.until) > now)
    said.push(t('claimed by {name}', { name: claim.name }));
  if (assignment != null) said.push(t('assigned to {name}', { name: assignment.name }));
  if (assignment?.note != null) said.push(assignment.note);
  return said.length === 0 ? {} : { colleagues: said.join('\n') };
}

/**
 * Everything a page of this call would show of it, by its place: the values of the action, and what is known about it besides.
 *
 * @param now milliseconds since the epoch
 */
export function placesOf(call: GroupCall, now: number): ReadonlyMap<string, Json> {
  const about = Object.values(FACTS).flatMap((factsOf) =>
    Object.entries(factsOf(call, now)).map(([fact, value]) => [`${ABOUT}${fact}`, value] as const),
  );
  return new Map([...valuesOfCall(callOf(call)), ...about]);
}
