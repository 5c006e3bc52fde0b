import type { QueueChanges } from '@/lib/contracts';

/**
 * Two answers about a list as one: the second is about what did not fit into the first. What both tell of counts as the second has it,
 * which is newer.
 */
export function joinChanges(first: QueueChanges, second: QueueChanges): QueueChanges {
  return {
    changed: newest(first.changed, second.changed),
    listed: [...new Set([...first.listed, ...second.listed])],
    heads: newest(first.heads, second.heads),
    members: newest(first.members, second.members),
    sessions: newest(first.sessions, second.sessions),
    left: second.left,
    counts: second.counts,
  };
}

/** Each once, in the order they came in. */
function newest<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
): Item[] {
  return [...new Map([...before, ...after].map((item) => [item.id, item])).values()];
}
