/** Whether a pact lets an agent do more than another. Pure. */
import { DATA_CLASSES, type Pact } from '@/lib/contracts';
import { isWithin, USUAL_DEPTH } from '@/lib/decide';

type Budget = NonNullable<Pact['budgets']>[number];
type Commitment = NonNullable<Pact['commitments']>[number];
type Clause = (before: Pact, after: Pact) => boolean;

const HOUR_MS = 3_600_000;
const HOURS_OF_A_WEEK = 7 * 24;

/** Of each clause, whether it lets more through. */
const WIDER: Readonly<Record<keyof Pact, Clause>> = {
  tools: (before, after) =>
    !before.tools.includes('*') && after.tools.some((tool) => !before.tools.includes(tool)),
  resources: ({ resources: before }, { resources: after }) =>
    before !== undefined &&
    (after === undefined ||
      after.some((pattern) => !before.some((wider) => covers(wider, pattern)))),
  dataClasses: (before, after) => highestClass(after) > highestClass(before),
  caseFor: (before, after) =>
    (before.caseFor ?? []).some(
      (name) => DATA_CLASSES.indexOf(name) <= highestClass(after) && !after.caseFor?.includes(name),
    ),
  delegationDepth: (before, after) =>
    (after.delegationDepth ?? USUAL_DEPTH) > (before.delegationDepth ?? USUAL_DEPTH),
  hours: (before, after) => weekHours().some((at) => worksAt(after, at) && !worksAt(before, at)),
  budgets: (before, after) =>
    (before.budgets ?? []).some(
      (budget) => isUsed(budget, after) && !after.budgets?.some((kept) => holds(kept, budget)),
    ),
  commitments: (before, after) =>
    (before.commitments ?? []).some(
      (given) => !after.commitments?.some((kept) => isAsStrict(kept, given)),
    ),
};

/**
 * Whether `after` allows anything that `before` did not: a tool, a resource, a class of data, an hour, a longer chain, more actions,
 * data without a case, or a looser commitment. In doubt, such as with budgets whose windows do not fit into each other, it does.
 */
export const widens = (before: Pact, after: Pact): boolean =>
  Object.values(WIDER).some((isWider) => isWider(before, after));

/** Whether all that a pattern covers is covered by another: an exact name, or a prefix before one trailing `*`. */
function covers(wider: string, pattern: string): boolean {
  if (wider === pattern) return true;
  return wider.endsWith('*') && pattern.replace(/\*$/, '').startsWith(wider.slice(0, -1));
}

/** Place of the highest class of data, which is the one that counts; -1 for none. */
function highestClass({ dataClasses }: Pact): number {
  if (dataClasses === undefined) return DATA_CLASSES.length;
  return Math.max(-1, ...dataClasses.map((name) => DATA_CLASSES.indexOf(name)));
}

const worksAt = ({ hours }: Pact, at: Date) => hours === undefined || isWithin(hours, at);

/** Every hour of some week. */
const weekHours = () =>
  Array.from({ length: HOURS_OF_A_WEEK }, (_, hour) => new Date(hour * HOUR_MS));

/** A budget of a tool that the pact leaves out limits nothing any more. */
const isUsed = ({ tool }: Budget, { tools }: Pact): boolean =>
  tool === undefined || tools.includes('*') || tools.includes(tool);

/** Whether a budget lets through no more, in any window of another, than that one does. */
function holds(kept: Budget, before: Budget): boolean {
  if (kept.tool !== undefined && kept.tool !== before.tool) return false;
  return kept.maxActions * windowsIn(kept.perSeconds, before.perSeconds) <= before.maxActions;
}

/** The most windows of a length that one of another length can touch; both begin at multiples of themselves. */
function windowsIn(length: number, within: number): number {
  if (length % within === 0) return 1;
  return within % length === 0 ? within / length : Math.ceil(within / length) + 1;
}

const isAsStrict = (kept: Commitment, given: Commitment): boolean =>
  kept.name === given.name &&
  kept.measure === given.measure &&
  kept.overDays === given.overDays &&
  (kept.atLeast ?? -Infinity) >= (given.atLeast ?? -Infinity) &&
  (kept.atMost ?? Infinity) <= (given.atMost ?? Infinity);
