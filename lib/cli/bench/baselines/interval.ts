/** How sure a measured share is. Pure. */

/** The normal quantile of a two-sided interval of 95 %. */
const Z = 1.959964;

export interface Share {
  readonly found: number;
  readonly of: number;
  /** All in [0, 1]. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A share with its 95 % interval (Wilson 1927), which also says something where nothing was found.
 *
 * @example shareOf(0, 100).high // 0.037
 */
export function shareOf(found: number, of: number): Share {
  if (of === 0) return { found, of, share: 0, low: 0, high: 1 };
  const share = found / of;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { found, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
