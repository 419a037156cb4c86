/**
 * Moves labels apart so that none covers another, each as little as may be: overlapping neighbours become one block
 * that stands where its members' wishes average.
 *
 * @param wishes where each label would stand, in any order
 * @param gap least distance between two labels
 * @param low the first place allowed
 * @param high the last; where there isn't room for all, labels run past it at the full gap
 * @returns the places in the order of the wishes
 */
export function spread(wishes: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wishes
    .map((wish, index) => ({ wish, index }))
    .sort((a, b) => a.wish - b.wish || a.index - b.index);
  const blocks: { first: number; count: number; sum: number }[] = [];
  const place = (block: { count: number; sum: number }) => {
    const length = (block.count - 1) * gap;
    return Math.max(low, Math.min(high - length, block.sum / block.count - length / 2));
  };
  for (const [first, { wish }] of order.entries()) {
    let block = { first, count: 1, sum: wish };
    for (
      let above = blocks.at(-1);
      above && place(above) + above.count * gap > place(block);
      above = blocks.at(-1)
    ) {
      blocks.pop();
      block = { first: above.first, count: above.count + block.count, sum: above.sum + block.sum };
    }
    blocks.push(block);
  }
  const places = new Array<number>(wishes.length);
  for (const block of blocks) {
    for (let member = 0; member < block.count; member++) {
      places[order[block.first + member]!.index] = place(block) + member * gap;
    }
  }
  return places;
}
