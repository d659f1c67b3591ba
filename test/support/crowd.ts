/** Many at once, as far as one process can be many. */

/** Does the work for every item, for so many of them at a time; the results are in the order of the items. */
export async function crowd<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const next = items.entries();
  const goOn = async () => {
    for (const [index, item] of next) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  return results;
}
