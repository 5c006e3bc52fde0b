/** How the keyboard walks the points of the chart. */
const LEAP = 10;

/** The index after a key press, undefined when the key does not move. Shift leaps ten points. */
export function indexAfterKey(
  key: string,
  shift: boolean,
  index: number,
  count: number,
): number | undefined {
  if (count === 0) return undefined;
  const step = shift ? LEAP : 1;
  const target = {
    ArrowRight: index + step,
    ArrowUp: index + step,
    ArrowLeft: index - step,
    ArrowDown: index - step,
    PageUp: index + LEAP,
    PageDown: index - LEAP,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
}
