import type { LineChange } from './line-changes';

/** Lines that follow each other and are shown or folded together. */
export interface LineRun {
  /** Index of the first line. */
  readonly from: number;
  readonly lines: readonly LineChange[];
  readonly folded: boolean;
}

/** Unchanged lines shown beside a change. */
const AROUND = 3;
/** A run of other lines beyond this many keeps both ends. */
const MOST_LINES = 60;

/** Every line in exactly one run, in order: what did not change is folded but for the lines around a change. */
export function lineRuns(lines: readonly LineChange[]): LineRun[] {
  const runs: LineRun[] = [];
  for (let from = 0; from < lines.length;) {
    const same = lines[from]?.change === 'same';
    let to = from + 1;
    while (to < lines.length && (lines[to]?.change === 'same') === same) to += 1;
    const keep = same
      ? { head: from === 0 ? 0 : AROUND, tail: to === lines.length ? 0 : AROUND }
      : { head: MOST_LINES / 2, tail: MOST_LINES / 2 };
    runs.push(...split(lines, from, to, keep, same ? 2 * AROUND + 2 : MOST_LINES));
    from = to;
  }
  return runs;
}

function split(
  lines: readonly LineChange[],
  from: number,
  to: number,
  { head, tail }: { head: number; tail: number },
  most: number,
): LineRun[] {
  const run = (start: number, end: number, folded: boolean): LineRun[] =>
    start < end ? [{ from: start, lines: lines.slice(start, end), folded }] : [];
  if (to - from <= most) return run(from, to, false);
  return [
    ...run(from, from + head, false),
    ...run(from + head, to - tail, true),
    ...run(to - tail, to, false),
  ];
}
