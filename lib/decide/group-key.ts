/**
 * Which waiting requests are alike enough to be one row of the queue. Decided from one request alone, so that the key never
 * changes: what may differ within a group is a rule about values, not about what else waits
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */
import { canonicalText, sha256Hex } from '@/lib/ledger';

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

/** Longer values are texts: they are the same or the request is of another kind. */
const MAX_VARYING = 64;
/** What has more members than this is alike to nothing: nobody could look over what differs. */
const MAX_VALUES = 200;
const MAX_DEPTH = 16;

/**
 * The key of the group a request belongs to, 32 hexadecimal digits; null for one that is too large to be compared at a glance.
 * Two requests have the same key exactly if agent, tool, risk, reasons, resource type and the names of all arguments are the
 * same, and every value but those that `patternOf` lets vary.
 */
export function groupKey(facts: GroupFacts): string | null {
  const budget = { left: MAX_VALUES };
  const pattern = {
    domain: 'belay.group.v1',
    agent: facts.agentId,
    tool: facts.tool,
    risk: facts.risk,
    reasons: [...new Set(facts.reasons)].sort(),
    arguments: patternOf(facts.arguments, 0, budget),
    resource: {
      type: facts.resource.type,
      id: patternOf(facts.resource.id, 0, budget),
      properties: patternOf(facts.resource.properties ?? null, 0, budget),
    },
  };
  return budget.left < 0 ? null : sha256Hex(canonicalText(pattern)).slice(0, 32);
}

interface Budget {
  left: number;
}

/** The value with what may vary replaced by its kind. A string stands in an array, so that no value can pass for a kind. */
function patternOf(value: unknown, depth: number, budget: Budget): unknown {
  budget.left -= depth > MAX_DEPTH ? MAX_VALUES : 1;
  if (budget.left < 0) return null;
  if (typeof value === 'number') return numberKind(value);
  if (typeof value === 'string') return textKind(value) ?? [value];
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return { list: value.map((item) => patternOf(item, depth + 1, budget)) };
  return {
    members: Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, patternOf(item, depth + 1, budget)]),
    ),
  };
}

/** Numbers vary within a power of ten: 40 and 45 are alike, 40 and 4,000,000 are not. */
function numberKind(value: number): string {
  if (value === 0) return 'zero';
  const size = Math.floor(Math.log10(Math.abs(value)));
  return `number:${value < 0 ? '-' : '+'}${Number.isInteger(value) ? 'i' : 'f'}${size}`;
}

const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const MAIL = /^[A-Za-z0-9._+-]+@([A-Za-z0-9.-]+)$/;
/** Letters at the front, then anything with a digit: C-1042, order_77. The letters are part of the kind. Names of hosts are none. */
const IDENTIFIER = /^([A-Za-z_-]*)[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*$/;

/** The kind of a text that may vary: a date, an identifier, or an address within one domain; undefined for every other. */
function textKind(value: string): string | undefined {
  if (value.length > MAX_VARYING) return undefined;
  if (DAY_OR_INSTANT.test(value)) return 'time';
  const domain = MAIL.exec(value)?.[1];
  if (domain !== undefined) return `mail:${domain.toLowerCase()}`;
  return identifierKind(value);
}

const HEX_LIKE = /^[0-9a-f]{8}-?[0-9a-f-]{8,}$/i;

function identifierKind(value: string): string | undefined {
  if (HEX_LIKE.test(value)) return 'identifier';
  const prefix = IDENTIFIER.exec(value)?.[1];
  return prefix === undefined ? undefined : `identifier:${prefix}`;
}
