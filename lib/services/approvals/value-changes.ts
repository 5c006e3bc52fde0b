import type { Json, SinceSimilar, ValueChange } from '@/lib/contracts';

/** What of a call is compared with another. */
export interface ComparedCall {
  readonly arguments: Readonly<Record<string, Json>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, Json>>;
  };
}

/** Changes sent at most: a call may have tens of thousands of values. */
const MOST_CHANGES = 500;
const ORDER: readonly ValueChange['change'][] = ['changed', 'new', 'gone', 'same'];

/**
 * Each value of two calls, by its place: changed, new, gone or the same. Lists are compared place by place. What reviewers read
 * first comes first; the counts are those of all values, also when not all are listed.
 */
export function valueChanges(
  was: ComparedCall,
  is: ComparedCall,
): Pick<SinceSimilar, 'counts' | 'changes'> {
  const before = valuesOf(was);
  const now = valuesOf(is);
  const byChange: Record<ValueChange['change'], ValueChange[]> = {
    changed: [],
    new: [],
    gone: [],
    same: [],
  };
  for (const [path, value] of now) {
    const old = before.get(path);
    if (old === undefined) byChange.new.push({ path, change: 'new', is: value });
    else if (JSON.stringify(old) === JSON.stringify(value))
      byChange.same.push({ path, change: 'same', was: old, is: value });
    else byChange.changed.push({ path, change: 'changed', was: old, is: value });
  }
  for (const [path, value] of before)
    if (!now.has(path)) byChange.gone.push({ path, change: 'gone', was: value });
  const { changed, new: fresh, gone, same } = byChange;
  return {
    counts: { changed: changed.length, new: fresh.length, gone: gone.length, same: same.length },
    changes: ORDER.flatMap((change) => byChange[change]).slice(0, MOST_CHANGES),
  };
}

/** Scalars, `{}` and `[]` with their places, in document order; without recursion, so that no depth exhausts the stack. */
function valuesOf(call: ComparedCall): Map<string, Json> {
  const values = new Map<string, Json>();
  const stack: [string, Json][] = [
    ...members('resource/properties', call.resource.properties ?? {}),
    ['resource/id', call.resource.id],
    ['resource/type', call.resource.type],
    ...members('', call.arguments),
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [path, value] = next;
    const inside = value !== null && typeof value === 'object' ? members(path, value) : [];
    if (inside.length === 0) values.set(path, value);
    else for (const member of inside) stack.push(member);
  }
  return values;
}

/** The last first, as a stack wants them. */
function members(path: string, value: Json[] | Readonly<Record<string, Json>>): [string, Json][] {
  return Object.entries(value)
    .map(([key, inner]): [string, Json] => [
      `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      inner,
    ])
    .reverse();
}
