/** Cuts a list into batches of at most this weight, in its order. What weighs more is one by itself. */
export function batchesOf<Item extends { readonly weight: number }>(
  items: readonly Item[],
  mostWeight: number,
): Item[][] {
  const batches: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const batch = batches.at(-1);
    if (batch && item.weight <= room) {
      batch.push(item);
      room -= item.weight;
    } else {
      batches.push([item]);
      room = mostWeight - item.weight;
    }
  }
  return batches;
}
