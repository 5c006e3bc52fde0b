/**
 * Which rules cannot matter for a call, found without Cedar. A rule is left out only when Cedar would find it not satisfied
 * without an error: its conditions are followed from left to right, as Cedar does, and the first part that is not one of the
 * plain forms below ends the search, because it could fail, and a rule that fails has to be asked.
 */
import type { PolicyJson } from '../cedar';
import { contextPath, factsUsed, plainlyTagged, readsApproved, readsTags } from '../facts-used';
import type { TagKind } from '../tags';

/** What the guards look at, whichever question is put. `context` as Cedar gets it, without `approved`. */
export interface GuardedFacts {
  readonly agentId: string;
  readonly resourceId: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** A resource property or an argument. */
  readonly tag: (
    kind: TagKind,
    name: string,
  ) => { readonly value?: unknown; readonly hidden?: true };
}

/** One question about them. */
export interface GuardedCall extends GuardedFacts {
  readonly action: 'execute' | 'propose';
  readonly approved: boolean;
}

/** `false`: surely not satisfied, and without an error. `true`: surely satisfied. `undefined`: Cedar has to say. */
export type Holds = (call: GuardedCall) => boolean | undefined;
type Scalar = (call: GuardedCall) => string | number | boolean | undefined;

/** Whether a rule may matter, in two halves: what the question decides, and what is the same for all questions of a call. */
export interface Guard {
  /** The action in the head of the rule. Looking at it first changes nothing: a head cannot fail. */
  readonly asked: Holds;
  readonly rest: Holds;
  readonly readsTags: boolean;
  /** The rest looks at `approved`, so that it is not the same for all questions. */
  readonly readsApproved: boolean;
}

export function guardOf(rule: PolicyJson): Guard {
  const { principal, action, resource, conditions } = rule;
  const uses = factsUsed([rule]);
  return {
    asked: allHold([sameEntity(action, 'Action', (call) => call.action)]),
    rest: allHold([
      sameEntity(principal, 'Agent', ({ agentId }) => agentId),
      sameEntity(resource, 'Resource', ({ resourceId }) => resourceId),
      ...conditions.map(({ kind, body }) => (kind === 'when' ? holds(body) : not(holds(body)))),
    ]),
    readsTags: readsTags(uses),
    readsApproved: readsApproved(uses),
  };
}

/** Whether a rule may matter for a call. */
export const mayMatter = ({ asked, rest }: Guard, call: GuardedCall): boolean =>
  asked(call) !== false && rest(call) !== false;

/** The parts of a rule from left to right: one that surely fails ends the search, and so does one that only Cedar can tell. */
function allHold(parts: readonly (Holds | undefined)[]): Holds {
  const looked = parts.filter((part) => part !== undefined);
  return (call) => {
    for (const part of looked) {
      const held = part(call);
      if (held !== true) return held;
    }
    return true;
  };
}

/**
 * The head of a rule: anything (nothing to look at), one entity, or, for actions, which have no groups here, one of several.
 */
function sameEntity(
  scope: unknown,
  type: string,
  idOf: (call: GuardedCall) => string,
): Holds | undefined {
  const { op, entity, entities } = scope as {
    op: string;
    entity?: { type: string; id: string };
    entities?: { type: string; id: string }[];
  };
  if (op === 'All') return undefined;
  const among = entities ?? (entity === undefined ? [] : [entity]);
  if (op !== '==' && !(op === 'in' && type === 'Action')) return () => undefined;
  return (call) => among.some((one) => one.type === type && one.id === idOf(call));
}

const not =
  (inner: Holds): Holds =>
  (call) => {
    const held = inner(call);
    return held === undefined ? undefined : !held;
  };

/** One entry a plain form; everything else is Cedar's. */
const FORMS: Readonly<Record<string, (operands: Operands) => Holds>> = {
  '&&': ({ left, right }) => {
    const [one, other] = [holds(left), holds(right)];
    return (call) => onlyIf(true, one(call), () => other(call));
  },
  '||': ({ left, right }) => {
    const [one, other] = [holds(left), holds(right)];
    return (call) => onlyIf(false, one(call), () => other(call));
  },
  '!': ({ arg }) => not(holds(arg)),
  '==': ({ left, right }) => compare(left, right, (a, b) => a === b),
  '!=': ({ left, right }) => compare(left, right, (a, b) => a !== b),
  '<': ({ left, right }) => compareNumbers(left, right, (a, b) => a < b),
  '<=': ({ left, right }) => compareNumbers(left, right, (a, b) => a <= b),
  '>': ({ left, right }) => compareNumbers(left, right, (a, b) => a > b),
  '>=': ({ left, right }) => compareNumbers(left, right, (a, b) => a >= b),
  contains: ({ left, right }) => contains(left, right),
  hasTag: ({ left, right }) => {
    const tag = tagOf(left, right);
    return (call) => {
      const found = tag?.(call);
      return found === undefined || found.hidden ? undefined : found.value !== undefined;
    };
  },
};

/** A tag that a rule names in the plain form. */
function tagOf(
  left: unknown,
  right: unknown,
): ((call: GuardedCall) => ReturnType<GuardedFacts['tag']>) | undefined {
  const kind = plainlyTagged(left);
  const name = (right as { Value?: unknown }).Value;
  if (kind === undefined || typeof name !== 'string') return undefined;
  return (call) => call.tag(kind, name);
}

/** The right side counts only for one answer of the left one, and is not looked at otherwise: what Cedar does, too. */
function onlyIf(
  wanted: boolean,
  left: boolean | undefined,
  right: () => boolean | undefined,
): boolean | undefined {
  return left === wanted ? right() : left;
}

interface Operands {
  readonly left?: unknown;
  readonly right?: unknown;
  readonly arg?: unknown;
}

function holds(node: unknown): Holds {
  const [form, operands] = Object.entries(node as object)[0] ?? [];
  const make = form === undefined ? undefined : FORMS[form];
  if (make !== undefined) return make(operands as Operands);
  const value = scalar(node);
  return (call) => {
    const found = value(call);
    return typeof found === 'boolean' ? found : undefined;
  };
}

function compare(
  left: unknown,
  right: unknown,
  test: (a: string | number | boolean, b: string | number | boolean) => boolean,
): Holds {
  const [one, other] = [scalar(left), scalar(right)];
  return (call) => {
    const [a, b] = [one(call), other(call)];
    return a === undefined || b === undefined || typeof a !== typeof b ? undefined : test(a, b);
  };
}

function compareNumbers(
  left: unknown,
  right: unknown,
  test: (a: number, b: number) => boolean,
): Holds {
  const [one, other] = [scalar(left), scalar(right)];
  return (call) => {
    const [a, b] = [one(call), other(call)];
    return typeof a === 'number' && typeof b === 'number' ? test(a, b) : undefined;
  };
}

/** A list written in the rule that has a fact, or a fact that is a list and has a written text. */
function contains(left: unknown, right: unknown): Holds {
  const wanted = scalar(right);
  const written = (left as { Set?: unknown[] }).Set?.map(scalar);
  const path = contextPath(left as Record<string, unknown>);
  return (call) => {
    const list = written?.map((item) => item(call)) ?? listOf(path && valueAt(call.context, path));
    const value = wanted(call);
    if (list === undefined || value === undefined || list.includes(undefined)) return undefined;
    return list.includes(value);
  };
}

function listOf(value: unknown): (string | undefined)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown) => (typeof item === 'string' ? item : undefined));
}

/** A written value or a fact of the context, as something JavaScript compares as Cedar does. */
function scalar(node: unknown): Scalar {
  const written = (node as { Value?: unknown }).Value;
  if (written !== undefined) {
    const value = comparable(written);
    return () => value;
  }
  const got = (node as { getTag?: Operands }).getTag;
  if (got !== undefined) {
    const tag = tagOf(got.left, got.right);
    return (call) => comparable(tag?.(call).value);
  }
  const path = contextPath(node as Record<string, unknown>);
  if (path === undefined || path.length === 0 || isHas(node)) return () => undefined;
  if (path.length === 1 && path[0] === 'approved') return ({ approved }) => approved;
  return ({ context }) => comparable(valueAt(context, path));
}

/** `context has x` names a path too, and asks something else. */
const isHas = (node: unknown) => Object.hasOwn(node as object, 'has');

function valueAt(context: unknown, path: readonly string[]): unknown {
  let value = context;
  for (const attribute of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, attribute))
      return undefined;
    value = (value as Record<string, unknown>)[attribute];
  }
  return value;
}

/** Entities compare by type and id. The validator lets no rule compare one with a text. */
function comparable(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'string') return value;
  const entity = (value as { __entity?: { type: string; id: string } } | undefined)?.__entity;
  return entity === undefined ? undefined : `${entity.type} ${entity.id}`;
}
