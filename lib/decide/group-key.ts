/**
 * Which waiting requests are alike enough to be one row of the queue, and to be approved together. Decided from one request alone, so
 * that the key never changes: what may differ within a group is a rule about values, not about what else waits
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { namesTarget, numberKind, textKind, timeKind } from './group-values';

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
}

/** Changes with the rule: keys of another rule are no keys, so that what an older and a newer one put together never meet. */
export const GROUP_RULE = 'g2-';

/** What has more members than this is alike to nothing: nobody could look over what differs. */
const MAX_VALUES = 200;
const MAX_DEPTH = 16;

/**
 * The key of the group a request belongs to, `g2-` and 32 hexadecimal digits; null for one that is too large to be compared at a
 * glance. Two requests have the same key exactly if agent, tool, risk, reasons, resource type and the names of all arguments are
 * the same, and every value but those that `textKind` and `numberKind` let vary. Below a name that
 * `namesTarget` knows nothing varies but dates.
 */
export function groupKey(facts: GroupFacts): string | null {
  const budget = { left: MAX_VALUES };
  const { type, id, properties = null } = facts.resource;
  const pattern = {
    domain: 'belay.group.v2',
    agent: facts.agentId,
    tool: facts.tool,
    risk: facts.risk,
    reasons: [...new Set(facts.reasons)].sort(),
    arguments: patternOf(facts.arguments, { depth: 0, fixed: false }, budget),
    resource: {
      type,
      id: patternOf(id, { depth: 0, fixed: namesTarget(type) }, budget),
      properties: patternOf(properties, { depth: 0, fixed: false }, budget),
    },
  };
  return budget.left < 0 ? null : GROUP_RULE + sha256Hex(canonicalText(pattern)).slice(0, 32);
}

/** The key, if it was made by the rule that holds now: an approval from before stands alone. */
export const currentGroupKey = (key: string | null): string | null =>
  key?.startsWith(GROUP_RULE) === true ? key : null;

interface Budget {
  left: number;
}

interface Place {
  readonly depth: number;
  /** Below a name that says where something goes. */
  readonly fixed: boolean;
}

/** The value with what may vary replaced by its kind. A string stands in an array, so that no value can pass for a kind. */
function patternOf(value: unknown, { depth, fixed }: Place, budget: Budget): unknown {
  budget.left -= depth > MAX_DEPTH ? MAX_VALUES : 1;
  if (budget.left < 0) return null;
  if (typeof value === 'number') return (fixed ? undefined : numberKind(value)) ?? value;
  if (typeof value === 'string') return (fixed ? timeKind(value) : textKind(value)) ?? [value];
  if (typeof value !== 'object' || value === null) return value;
  const inside = { depth: depth + 1, fixed };
  if (Array.isArray(value)) return { list: value.map((item) => patternOf(item, inside, budget)) };
  return {
    members: Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        patternOf(item, { ...inside, fixed: fixed || namesTarget(name) }, budget),
      ]),
    ),
  };
}
