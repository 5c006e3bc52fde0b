/** A place in a text that is pointed at. Offsets are UTF-16 units, `end` exclusive. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

export interface MarkedSegment<P extends TextPlace> {
  readonly text: string;
  /** The places this piece lies in, the widest first. */
  readonly inside: readonly P[];
  /** Those of them that begin here. */
  readonly begins: readonly P[];
}

/**
 * Cuts a text where places begin and end. The texts of all segments joined are the text; places may lie in each other.
 *
 * @example markedSegments('pay Ann', [{ start: 4, end: 7 }]).map(({ text }) => text) // ['pay ', 'Ann']
 */
export function markedSegments<P extends TextPlace>(
  text: string,
  places: readonly P[],
): MarkedSegment<P>[] {
  const inText = places.filter(({ start, end }) => start < end && start < text.length && end > 0);
  const widestFirst = inText.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  const cuts = new Set([0, text.length]);
  for (const { start, end } of inText) {
    cuts.add(Math.max(0, start));
    cuts.add(Math.min(text.length, end));
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((from, index) => {
    const to = at[index + 1] ?? text.length;
    const inside = widestFirst.filter(({ start, end }) => start < to && end > from);
    return {
      text: text.slice(from, to),
      inside,
      begins: inside.filter(({ start }) => Math.max(0, start) === from),
    };
  });
}
