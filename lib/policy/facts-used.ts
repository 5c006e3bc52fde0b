import type { PolicyJson } from './cedar';

/** Attributes of `context` a rule set reads: `true` for a whole value, a record of attributes for a part of it. */
export type UsedFacts = true | { readonly [attribute: string]: UsedFacts };

/** What of a call a rule set can see at all. Everything else cannot change its answer and is not handed to Cedar. */
export interface FactsUsed {
  readonly context: UsedFacts;
  /** A rule looks at who asks or at the very resource. */
  readonly principalOrResource: boolean;
  /** The resource properties and arguments that rules read. */
  readonly tags: TagsUsed;
}

/** Names of tags; `all` where a rule works the name out. */
export type TagNames = ReadonlySet<string> | 'all';

export interface TagsUsed {
  readonly arguments: TagNames;
  readonly numbers: TagNames;
  readonly resource: TagNames;
}

export const readsTags = ({ tags }: FactsUsed): boolean =>
  Object.values(tags).some((names: TagNames) => names === 'all' || names.size > 0);

/** Whether the answer may differ between the question with and the one without a person's approval. */
export const readsApproved = ({ context }: FactsUsed): boolean =>
  context === true || Object.hasOwn(context, 'approved');

type MutableFacts = true | { [attribute: string]: MutableFacts };

interface Found {
  context: MutableFacts;
  principalOrResource: boolean;
  tags: {
    arguments: Set<string> | 'all';
    numbers: Set<string> | 'all';
    resource: Set<string> | 'all';
  };
}

/** Reads the parsed rules for the facts they use; where that is not plain, it takes the whole value. */
export function factsUsed(policies: readonly PolicyJson[]): FactsUsed {
  const found: Found = {
    context: {},
    principalOrResource: false,
    tags: { arguments: new Set(), numbers: new Set(), resource: new Set() },
  };
  for (const policy of policies) {
    if (policy.principal.op !== 'All' || policy.resource.op !== 'All') {
      found.principalOrResource = true;
    }
    visit(policy.conditions, found);
  }
  return found;
}

function visit(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  if (!isRecord(node)) return;
  const path = contextPath(node);
  if (path !== undefined) {
    found.context = withPath(found.context, path);
    return;
  }
  if (node['Var'] === 'principal' || node['Var'] === 'resource') found.principalOrResource = true;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'hasTag' || key === 'getTag') readTag(value, found);
    visit(value, found);
  }
}

function readTag(operands: unknown, { tags }: Found): void {
  const { left, right } = operands as { left: unknown; right: { Value?: unknown } };
  const of = tagged(left);
  for (const kind of of) {
    const names = tags[kind];
    if (typeof right.Value !== 'string') tags[kind] = 'all';
    else if (names !== 'all') names.add(right.Value);
  }
}

/** Whose tag is read; where that is not plain, it could be anybody's. */
function tagged(node: unknown): readonly (keyof TagsUsed)[] {
  const plain = plainlyTagged(node);
  return plain === undefined ? ['arguments', 'numbers', 'resource'] : [plain];
}

/** Whose tag is read, where a rule says so in the plain form. */
export function plainlyTagged(node: unknown): keyof TagsUsed | undefined {
  if (isRecord(node) && node['Var'] === 'resource') return 'resource';
  const path = isRecord(node) ? contextPath(node)?.join('.') : undefined;
  return path === 'arguments' || path === 'numbers' ? path : undefined;
}

/** The attribute path of `context`, `context.a.b` or `context.a has b`; undefined for anything else. */
export function contextPath(
  node: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  if (node['Var'] === 'context') return [];
  const access = node['.'] ?? node['has'];
  if (!isRecord(access) || !isRecord(access['left'])) return undefined;
  const left = contextPath(access['left']);
  const attribute = access['attr'];
  if (left === undefined) return undefined;
  if (typeof attribute === 'string') return [...left, attribute];
  return Array.isArray(attribute) ? [...left, ...attribute.map(String)] : undefined;
}

function withPath(used: MutableFacts, path: readonly string[]): MutableFacts {
  const [first, ...rest] = path;
  if (used === true || first === undefined) return true;
  const inner = Object.hasOwn(used, first) ? (used[first] ?? {}) : {};
  return { ...used, [first]: withPath(inner, rest) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of `value` that is used. A record on the way to a missing attribute stays, empty: `has` must not fail. */
export function project<Value>(value: Value, used: UsedFacts): Value {
  if (used === true || !isRecord(value)) return value;
  const part: Record<string, unknown> = {};
  for (const attribute of Object.keys(used)) {
    const inner = used[attribute];
    if (inner !== undefined && Object.hasOwn(value, attribute)) {
      part[attribute] = project(value[attribute], inner);
    }
  }
  return part as Value;
}
