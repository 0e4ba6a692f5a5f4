/** Fleets have a thousand clusters, and machines a thousand files to open. */
export const CLUSTERS_AT_ONCE = 16;

/** Calls `act` for all items, for at most so many at the same time. @returns What it returned, in the order of the items. */
export async function atOnce<Item, Result>(
  most: number,
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return results;
}
