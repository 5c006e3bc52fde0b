/**
 * Does something with each item, with a few of them at once, beginning in the order they stand in.
 *
 * @param most how many at once, at least 1
 * @returns the results, in the order of the items
 * @throws the first error, when what had begun has ended; what had not does not begin
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as Item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, most) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}
