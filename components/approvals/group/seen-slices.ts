/** Which parts of something have been on the screen, as fractions of its height. Pure. */

/** From where to where, in [0, 1], 0 being its top. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** The slices with one more, in order; those that meet are one. */
export function withSlice(slices: readonly Slice[], added: Slice): readonly Slice[] {
  const [first, ...others] = [...slices, added].sort((a, b) => a.from - b.from);
  if (first === undefined) return [];
  const joined = [first];
  for (const slice of others) {
    const last = joined.at(-1) ?? first;
    if (slice.from > last.to) joined.push(slice);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, slice.to) };
  }
  return joined;
}

/**
 * Where the first part begins that has not been on the screen; undefined when all of it has.
 *
 * @param slack what may be missing at an edge, as a fraction: screens round to whole pixels
 */
export function firstGap(slices: readonly Slice[], slack: number): number | undefined {
  let seen = 0;
  for (const { from, to } of slices) {
    if (from > seen + slack) return seen;
    seen = Math.max(seen, to);
  }
  return seen >= 1 - slack ? undefined : seen;
}
