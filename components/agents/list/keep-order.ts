/** Live updates may change a row, but not move it while somebody points at the list. */

/** `rows` in the order of `keys` as far as they were there before; new rows follow at the end. */
export function keepOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  const place = new Map(keys.map((key, index) => [key, index]));
  const last = keys.length;
  return rows
    .map((row, index) => ({ row, index, at: place.get(keyOf(row)) ?? last }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map((entry) => entry.row);
}
