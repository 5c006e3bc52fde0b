/** Every combination of the facts the default rules look at: where a change of the rules is compared, fact by fact. */
import type { UsedFacts } from '../facts-used';
import { DATA_CLASSES, type PolicyInput } from '../input';
import { inputOf, type CallOutline } from './outline';

interface Axis {
  /** The facts that vary along it, as paths in `context`. */
  readonly facts: readonly string[];
  readonly steps: readonly CallOutline[];
}

const BOTH = [false, true] as const;

/** The facts with few values. A rule that reads nothing else is compared completely. */
const AXES: readonly Axis[] = [
  {
    facts: ['trust.rung'],
    steps: [5, 4, 3, 2, 1].map((rung) => ({ trust: { rung } })),
  },
  {
    facts: ['tool.sideEffect'],
    steps: (['write', 'none'] as const).map((sideEffect) => ({ tool: { sideEffect } })),
  },
  {
    facts: ['tool.risk'],
    steps: (['low', 'medium', 'high', 'critical'] as const).map((risk) => ({ tool: { risk } })),
  },
  { facts: ['dataClass'], steps: DATA_CLASSES.map((dataClass) => ({ dataClass })) },
  { facts: ['tool.egress'], steps: BOTH.map((egress) => ({ tool: { egress } })) },
  { facts: ['tool.reversible'], steps: BOTH.map((reversible) => ({ tool: { reversible } })) },
  {
    facts: ['provenance.thirdPartyOnly'],
    steps: BOTH.map((thirdPartyOnly) => ({ provenance: { thirdPartyOnly } })),
  },
  {
    facts: ['provenance.suspected'],
    steps: BOTH.map((suspected) => ({ provenance: { suspected } })),
  },
  {
    facts: ['provenance.injection'],
    steps: BOTH.map((injection) => ({ provenance: { injection } })),
  },
];

/** Public data in the tool, so that the data class of the access alone decides which one counts. */
const START: CallOutline = { tool: { dataClass: 'public' } };

/** Asked both ways by every decision. */
const ALWAYS = 'approved';
const COVERED = new Set([ALWAYS, ...AXES.flatMap(({ facts }) => facts)]);

/** Facts a rule set reads that the grid does not run through; `context` means that it could be any. */
export function factsOutsideGrid(uses: UsedFacts): string[] {
  return pathsOf(uses).filter((path) => !COVERED.has(path));
}

function pathsOf(uses: UsedFacts, before = ''): string[] {
  if (uses === true) return [before === '' ? 'context' : before];
  return Object.entries(uses).flatMap(([attribute, inner]) =>
    pathsOf(inner, before === '' ? attribute : `${before}.${attribute}`),
  );
}

/** All combinations of the facts that `uses` reads, at most 5,120; the others stay as `inputOf` has them. */
export function* gridInputs(uses: readonly UsedFacts[]): Generator<PolicyInput> {
  const read = new Set(uses.flatMap((used) => pathsOf(used)));
  const wide = [...read].some((path) => !path.includes('.') && !COVERED.has(path));
  const axes = AXES.filter(({ facts }) => wide || facts.some((fact) => read.has(fact)));
  yield* combine(START, axes);
}

function* combine(outline: CallOutline, [axis, ...rest]: readonly Axis[]): Generator<PolicyInput> {
  if (axis === undefined) yield inputOf(outline);
  else for (const step of axis.steps) yield* combine(joined(outline, step), rest);
}

function joined(one: CallOutline, other: CallOutline): CallOutline {
  return {
    ...one,
    ...other,
    tool: { ...one.tool, ...other.tool },
    trust: { ...one.trust, ...other.trust },
    provenance: { ...one.provenance, ...other.provenance },
  };
}
