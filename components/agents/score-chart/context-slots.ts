/** The overview strip under the chart: equal slots of time, so that the brush moves in time and not in numbers of points. */
import { gapAfterMs, type ChartPoint, type Span } from './shape';

export interface ContextSlot {
  /** Middle of the slot. */
  at: number;
  /** Last recorded score of the slot, null inside a gap. */
  score: number | null;
}

export const SLOT_COUNT = 160;

/** Slots between two points are on the line between them, unless that stretch is a gap: the same rule as in the chart. */
export function contextSlots(
  points: readonly ChartPoint[],
  range: Span,
  count: number = SLOT_COUNT,
): ContextSlot[] {
  const width = (range.to - range.from) / count;
  const longest = gapAfterMs(range);
  const slots: ContextSlot[] = [];
  let next = 0;
  for (let index = 0; index < count; index += 1) {
    const at = range.from + (index + 0.5) * width;
    const end = range.from + (index + 1) * width;
    const before = next;
    while (next < points.length && (points[next]!.at < end || index === count - 1)) next += 1;
    const [left, right] = [points[next - 1], points[next]];
    if (next > before) slots.push({ at, score: left?.score ?? null });
    else slots.push({ at, score: left && right ? between(left, right, at, longest) : null });
  }
  return slots;
}

function between(left: ChartPoint, right: ChartPoint, at: number, longest: number): number | null {
  const stretch = right.at - left.at;
  if (stretch > longest) return null;
  return left.score + ((right.score - left.score) * (at - left.at)) / stretch;
}

/** The time a selection of slots stands for, from the start of the first to the end of the last. */
export function slotsToSpan(range: Span, first: number, last: number, count = SLOT_COUNT): Span {
  const width = (range.to - range.from) / count;
  return {
    from: Math.round(range.from + first * width),
    to: Math.round(range.from + (last + 1) * width),
  };
}

/** The slots that a window of time covers, the inverse of `slotsToSpan`. */
export function spanToSlots(range: Span, window: Span, count = SLOT_COUNT): [number, number] {
  const width = (range.to - range.from) / count;
  const first = Math.round((window.from - range.from) / width);
  const last = Math.round((window.to - range.from) / width) - 1;
  const bound = (index: number) => Math.min(count - 1, Math.max(0, index));
  return [bound(first), Math.max(bound(first), bound(last))];
}
