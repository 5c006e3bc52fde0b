/**
 * Which waiting requests are alike enough to be one row of the queue, and to be approved together. Decided from one request alone, so
 * that the key never changes: what may differ within a group is a rule about values, not about what else waits
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */
import { canonicalText, sha256Hex } from '@/lib/ledger';
import type { ArgumentOrigin } from '@/lib/provenance';
import { senseOf, type NameSense } from './group-names';
import { numberKind, textKind } from './group-values';

export interface GroupFacts {
  readonly agentId: string;
  readonly tool: string;
  readonly risk: string;
  /** Codes of why it waits: a request that waits for another reason is of another kind. */
  readonly reasons: readonly string[];
  readonly arguments: unknown;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: unknown;
  };
  readonly asked: AskedFacts;
}

/** Who stands behind a request. */
export interface AskedFacts {
  /** Who sent it: `agent:<id>` or `key:<id>`. */
  readonly sentBy: string;
  /** Who passed it on, as far as the agent says, and how long it says that chain is. */
  readonly delegators: readonly string[];
  readonly delegationDepth: number;
  readonly caseId: string | undefined;
  /** Whose request the agent says it is. */
  readonly endUser: string | undefined;
  /** Undefined without one. Two sessions of one end user are alike: the sheet shows what was asked for in each. */
  readonly session:
    { readonly announced: boolean; readonly endUser: string | undefined } | undefined;
  /** Where its values come from, as it was found; empty when nothing was compared. */
  readonly origins: readonly ArgumentOrigin[];
}

/** Changes with the rule: keys of another rule are no keys, so that what an older and a newer one put together never meet. */
export const GROUP_RULE = 'g3-';

/** What has more members than this is alike to nothing: nobody could look over what differs. */
const MAX_VALUES = 200;
const MAX_DEPTH = 16;

/**
 * The key of the group a request belongs to, `g3-` and 32 hexadecimal digits; null for one that is too large to be compared at a
 * glance. Two requests have the same key exactly if agent, tool, risk, reasons, resource type, who stands behind them, where their
 * values come from and the names of all arguments are the same, and every value but those that `textKind` and `numberKind` let
 * vary. Below a name that `senseOf` calls a target nothing varies but dates.
 */
export function groupKey(facts: GroupFacts): string | null {
  const budget = { left: MAX_VALUES };
  const { type, id, properties = null } = facts.resource;
  const top = { depth: 0, sense: 'unknown' } as const;
  const pattern = {
    domain: 'belay.group.v3',
    agent: facts.agentId,
    tool: facts.tool,
    risk: facts.risk,
    reasons: [...new Set(facts.reasons)].sort(),
    asked: askedPattern(facts.asked),
    arguments: patternOf(facts.arguments, top, budget),
    resource: {
      type,
      id: patternOf(id, { depth: 0, sense: senseOf(type) }, budget),
      properties: patternOf(properties, top, budget),
    },
  };
  return budget.left < 0 ? null : GROUP_RULE + sha256Hex(canonicalText(pattern)).slice(0, 32);
}

/** As canonical JSON has it: nothing is undefined. */
function askedPattern({ origins, session, caseId, endUser, ...chain }: AskedFacts) {
  return {
    ...chain,
    caseId: caseId ?? null,
    endUser: endUser ?? null,
    session:
      session === undefined
        ? null
        : { announced: session.announced, endUser: session.endUser ?? null },
    // The value itself is in the pattern of the arguments, as far as it has to be the same.
    origins: origins.map(({ path, origin, role, span, order, whole, pointedTo }) => ({
      path,
      origin,
      role: role ?? null,
      from: span === undefined ? null : { read: span.readId, excerpt: span.excerpt },
      order: order === undefined ? null : { read: order.readId, excerpt: order.excerpt },
      whole: whole ?? null,
      pointedTo: pointedTo ?? null,
    })),
  };
}

/** The key, if it was made by the rule that holds now: an approval from before stands alone. */
export const currentGroupKey = (key: string | null): string | null =>
  key?.startsWith(GROUP_RULE) === true ? key : null;

interface Budget {
  left: number;
}

interface Place {
  readonly depth: number;
  /** What the nearest name says; a target's name holds for all below it. */
  readonly sense: NameSense;
}

/** The value with what may vary replaced by its kind. A string stands in an array, so that no value can pass for a kind. */
function patternOf(value: unknown, { depth, sense }: Place, budget: Budget): unknown {
  budget.left -= depth > MAX_DEPTH ? MAX_VALUES : 1;
  if (budget.left < 0) return null;
  if (typeof value === 'number') return numberKind(value, sense) ?? value;
  if (typeof value === 'string') return textKind(value, sense) ?? [value];
  if (typeof value !== 'object' || value === null) return value;
  const inside = { depth: depth + 1, sense };
  if (Array.isArray(value)) return { list: value.map((item) => patternOf(item, inside, budget)) };
  return {
    members: Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        patternOf(item, { ...inside, sense: sense === 'target' ? sense : senseOf(name) }, budget),
      ]),
    ),
  };
}
