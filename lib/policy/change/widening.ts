/** Whether a new policy lets through what the one before did not. */
import type { PolicyJson } from '../cedar';
import type { CompiledPolicies } from '../compile';
import { decidePolicy } from '../decide';
import { contextOf, resourceId } from '../facts';
import { readsTags } from '../facts-used';
import type { PolicyInput } from '../input';
import { OUTCOMES, type Outcome } from '../outcome';
import { guardOf, mayMatter } from '../slice/guards';
import { tagAt, type TagKind } from '../tags';
import { factsOutsideGrid } from './grid';

export interface OutcomeChange {
  readonly before: Outcome;
  readonly after: Outcome;
}

/** The outcomes of one call before and after; nothing when they are the same. */
export function changeOf(
  before: CompiledPolicies,
  after: CompiledPolicies,
  input: PolicyInput,
): OutcomeChange | undefined {
  const change = {
    before: decidePolicy(before, input).outcome,
    after: decidePolicy(after, input).outcome,
  };
  return change.before === change.after ? undefined : change;
}

export function widens({ before, after }: OutcomeChange): boolean {
  return OUTCOMES.indexOf(after) < OUTCOMES.indexOf(before);
}

/**
 * What the rules themselves prove, before any call is tried.
 * `narrower`: every permit was there before and every forbid is still there, and more permits or fewer forbids is the only
 * way to a wider answer. `comparable`: both read only facts of the grid, so that trying the grid is trying everything.
 * Otherwise trying calls can show that a change widens, never that it does not.
 */
export function provable(
  before: CompiledPolicies,
  after: CompiledPolicies,
): 'narrower' | 'comparable' | 'open' {
  const had = meaningsOf(before);
  const has = meaningsOf(after);
  const permitsKnown = isSubset(has.permit, had.permit);
  if (permitsKnown && isSubset(had.forbid, has.forbid)) return 'narrower';
  return [before, after].every(readsOnlyGrid) ? 'comparable' : 'open';
}

/** The facts that make a comparison incomplete, for people. */
export function factsNotCompared(before: CompiledPolicies, after: CompiledPolicies): string[] {
  const facts = [before, after].flatMap(({ uses }) => [
    ...factsOutsideGrid(uses.context),
    ...(readsTags(uses) ? ['arguments or resource properties'] : []),
    ...(uses.principalOrResource ? ['who asks, or the very resource'] : []),
  ]);
  return [...new Set(facts)].sort();
}

function readsOnlyGrid({ uses }: CompiledPolicies): boolean {
  return (
    !readsTags(uses) && !uses.principalOrResource && factsOutsideGrid(uses.context).length === 0
  );
}

/**
 * Whether a call could have another outcome at all: a rule that is in one set only may matter for it. Found without Cedar,
 * so that thousands of calls cost little when a change is about one tool or one agent.
 */
export function mayDiffer(
  before: CompiledPolicies,
  after: CompiledPolicies,
): (input: PolicyInput) => boolean {
  const changed = [...rulesOnlyIn(before, after), ...rulesOnlyIn(after, before)].map(guardOf);
  return (input) => {
    const facts = {
      agentId: input.agent.id,
      resourceId: resourceId(input),
      context: contextOf(input),
      tag: (kind: TagKind, name: string) => tagAt(input, kind, name),
    };
    return QUESTIONS.some((question) =>
      changed.some((guard) => mayMatter(guard, { ...facts, ...question })),
    );
  };
}

const QUESTIONS = [
  { action: 'execute', approved: false },
  { action: 'execute', approved: true },
  { action: 'propose', approved: false },
] as const;

function rulesOnlyIn(here: CompiledPolicies, there: CompiledPolicies): PolicyJson[] {
  const known = meaningsOf(there);
  return [...here.parsed.values()].filter((rule) => !known[rule.effect].has(meaningOf(rule)));
}

/** What the rules of a set say, without their annotations: a better sentence is no other rule. */
function meaningsOf({ parsed }: CompiledPolicies): Record<PolicyJson['effect'], Set<string>> {
  const meanings = { permit: new Set<string>(), forbid: new Set<string>() };
  for (const rule of parsed.values()) meanings[rule.effect].add(meaningOf(rule));
  return meanings;
}

function meaningOf({ principal, action, resource, conditions }: PolicyJson): string {
  return JSON.stringify([principal, action, resource, conditions]);
}

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((value) => whole.has(value));
}
