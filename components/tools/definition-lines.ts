/** A definition as lines, and what changed between two of them. Pure. */
import type { ToolDefinition } from '@/lib/contracts';

export interface Line {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Above so many pairs of lines the two are shown one after the other. */
const MOST_PAIRS = 4_000_000;

export const linesOf = (definition: ToolDefinition): string[] =>
  JSON.stringify(definition, null, 2).split('\n');

/**
 * The shortest way from one text to the other, line by line (longest common subsequence).
 *
 * @example changedLines(['a', 'b'], ['a', 'c']) // same a, gone b, new c
 */
export function changedLines(before: readonly string[], after: readonly string[]): Line[] {
  const all = (texts: readonly string[], kind: Line['kind']) =>
    texts.map((text) => ({ kind, text }));
  if (before.length * after.length > MOST_PAIRS)
    return [...all(before, 'gone'), ...all(after, 'new')];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    const [old = '', fresh = ''] = [before[row], after[column]];
    if (old === fresh) {
      lines.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ kind: 'gone', text: old });
      row += 1;
    } else {
      lines.push({ kind: 'new', text: fresh });
      column += 1;
    }
  }
  return [...lines, ...all(before.slice(row), 'gone'), ...all(after.slice(column), 'new')];
}
