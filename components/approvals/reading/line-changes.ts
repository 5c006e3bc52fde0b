/** What a change does to a text, line by line. */
export interface LineChange {
  readonly change: 'same' | 'removed' | 'added' | 'place';
  readonly text: string;
}

/** Compared lines times lines beyond which the middle is shown as taken out and put in whole. */
const MOST_COMPARISONS = 250_000;

/**
 * Lines of two texts in one list. Without the added lines it is the text before, without the removed ones the text after, so
 * nothing of either is lost.
 */
export function lineChanges(before: string, after: string): LineChange[] {
  const old = before.split('\n');
  const fresh = after.split('\n');
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  return [
    ...marked('same', old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...marked('same', old.slice(old.length - tail)),
  ];
}

/** The lines of a patch by their first character, which stays in the text. */
export function patchLines(patch: string): LineChange[] {
  return patch.split('\n').map((text) => ({ change: patchChange(text), text }));
}

function patchChange(line: string): LineChange['change'] {
  if (/^(?:@@|diff |index |--- |\+\+\+ )/.test(line)) return 'place';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}

function marked(change: LineChange['change'], lines: readonly string[]): LineChange[] {
  return lines.map((text) => ({ change, text }));
}

function middle(old: readonly string[], fresh: readonly string[]): LineChange[] {
  if (old.length * fresh.length > MOST_COMPARISONS)
    return [...marked('removed', old), ...marked('added', fresh)];
  const common = commonLengths(old, fresh);
  const lines: LineChange[] = [];
  let [at, to] = [0, 0];
  while (at < old.length && to < fresh.length) {
    if (old[at] === fresh[to]) {
      lines.push({ change: 'same', text: old[at] as string });
      [at, to] = [at + 1, to + 1];
    } else if ((common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0))
      lines.push({ change: 'removed', text: old[at++] as string });
    else lines.push({ change: 'added', text: fresh[to++] as string });
  }
  return [...lines, ...marked('removed', old.slice(at)), ...marked('added', fresh.slice(to))];
}

/** How many lines both have in common from each pair of places on (the longest common subsequence). */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(fresh.length + 1));
  for (let at = old.length - 1; at >= 0; at -= 1)
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      const here = lengths[at] as Uint32Array;
      const next = lengths[at + 1] as Uint32Array;
      here[to] =
        old[at] === fresh[to]
          ? (next[to + 1] ?? 0) + 1
          : Math.max(next[to] ?? 0, here[to + 1] ?? 0);
    }
  return lengths;
}
